from . import review_search
from . import booklet_print
