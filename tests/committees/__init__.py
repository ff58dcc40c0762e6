from . import test_meeting
from . import test_notice_rule
from . import test_session_notice
from . import test_session_answer
from . import test_portal_committees
from . import test_committee_calendar
from . import test_proxy_race
