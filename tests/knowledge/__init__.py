from . import test_watch_reading
from . import test_watch_item
from . import test_watch_sorting
from . import test_watch_mail
