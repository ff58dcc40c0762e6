from . import review_search
from . import booklet_print
from . import watch_session
