from . import review_search
