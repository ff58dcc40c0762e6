"""From a question in everyday French to the topics in charge, with the reasons."""

from .enrich import enriched
from .evaluate import Answer, Comparison, Evaluation, compare, evaluate
from .explain import mended
from .confidence import is_clear
from .index import Index
from .messages import OrientationError
from .model import Found, Question, Term, Topic
from .tables import default_topics, examples, read_questions, read_topics

__all__ = [
    "Answer",
    "Comparison",
    "Evaluation",
    "Found",
    "Index",
    "OrientationError",
    "Question",
    "Term",
    "Topic",
    "compare",
    "default_topics",
    "enriched",
    "evaluate",
    "examples",
    "is_clear",
    "mended",
    "read_questions",
    "read_topics",
]
