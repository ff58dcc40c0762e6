from . import session_move
from . import decision_progress
from . import committee_calendar
