from . import test_guide_life
from . import test_guide_rights
from . import test_watch_impact
from . import test_watch_reading
from . import test_watch_item
from . import test_watch_sorting
from . import test_watch_mail
