"""What every engine says the same way: folded words, cents, command lines."""

from .cents import CENT, round_cent
from .fold import fold, key, line, words

__all__ = ["CENT", "fold", "key", "line", "round_cent", "words"]
