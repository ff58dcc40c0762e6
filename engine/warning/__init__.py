"""Early warning: facts about an agent and a commune that, together, deserve a look."""

from .model import KINDS, LEAST_SCORE, Alert, Fact
from .weigh import weigh

__all__ = ["KINDS", "LEAST_SCORE", "Alert", "Fact", "weigh"]
