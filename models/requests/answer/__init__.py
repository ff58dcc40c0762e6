from . import canned_answer
from . import published_answer
from . import published_opinion
from . import search
