"""Text functions shared by the engines: folded words, sums, command lines."""

from .cents import CENT, round_cent
from .fold import (
    collation,
    flat,
    fold,
    key,
    may_name_person,
    names_person,
    place_collation,
    same_name,
    words,
)
from .hostile_markup import defuse, drop_attributes
from .numbers import euros_in_words, number_in_words, ordinal
from .sentence import first_sentence, with_detail
from .typeset import after_comma, curl, curl_page

__all__ = [
    "CENT",
    "after_comma",
    "collation",
    "curl",
    "curl_page",
    "defuse",
    "drop_attributes",
    "euros_in_words",
    "first_sentence",
    "flat",
    "fold",
    "key",
    "may_name_person",
    "names_person",
    "number_in_words",
    "ordinal",
    "place_collation",
    "round_cent",
    "same_name",
    "with_detail",
    "words",
]
