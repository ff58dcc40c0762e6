from . import test_meeting
from . import test_notice_rule
