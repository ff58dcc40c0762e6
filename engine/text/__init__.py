"""What every engine says the same way: folded words, cents, command lines."""

from .cents import CENT, round_cent
from .fold import flat, fold, key, words

__all__ = ["CENT", "flat", "fold", "key", "round_cent", "words"]
