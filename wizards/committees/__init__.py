from . import session_move
from . import committee_calendar
