from . import test_replacement_agent
from . import test_replacement_portal
from . import test_replacement_race
from . import test_replacement_request
from . import test_replacement_slot
