from . import canned_answer
from . import published_answer
from . import published_opinion
from . import full_text_search
