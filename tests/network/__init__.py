from . import test_audience
from . import test_preference
from . import test_event_places
from . import test_event_invitation
