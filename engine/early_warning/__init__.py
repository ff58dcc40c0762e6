"""Early warning: facts about an agent and a commune that, together, deserve a look."""

from .model import LEAST_SCORE, WEIGHTS, Alert, Fact
from .weigh import score_alerts

__all__ = ["LEAST_SCORE", "WEIGHTS", "Alert", "Fact", "score_alerts"]
