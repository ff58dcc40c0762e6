from . import session_move
