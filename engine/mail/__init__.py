"""Reading of the mail of communes: addresses, automatic messages, subjects, texts, senders.

The sender is authenticated by the results of the trusted relay.
"""

from .addresses import (
    domain_of,
    find_addresses,
    find_sender,
    fold,
    host_of,
    is_local,
    is_public,
    is_real,
    is_sample,
    parents_of,
)
from .authentication import LONGEST_RESULTS, find_doubt, read_results
from .automatic import is_automatic, is_delivery_failure, refuses_answers
from .domain import read_dkim, read_dmarc, read_spf, wanted_lines
from .failure import Failure, classify, next_try
from .headers import raw_headers, sender_of, senders_of
from .dns_lookup import look_up
from .server_reply import last_words
from .subject import clean_title, find_numbers
from .text import find_forwarded, names_in, own_words

__all__ = [
    "LONGEST_RESULTS",
    "Failure",
    "classify",
    "clean_title",
    "domain_of",
    "find_addresses",
    "find_doubt",
    "find_forwarded",
    "find_numbers",
    "find_sender",
    "fold",
    "host_of",
    "is_automatic",
    "is_delivery_failure",
    "is_local",
    "is_public",
    "is_real",
    "is_sample",
    "last_words",
    "look_up",
    "names_in",
    "next_try",
    "own_words",
    "parents_of",
    "raw_headers",
    "read_dkim",
    "read_dmarc",
    "read_results",
    "read_spf",
    "refuses_answers",
    "sender_of",
    "senders_of",
    "wanted_lines",
]
