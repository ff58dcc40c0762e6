"""French sentences by stable code, and the errors that speak them."""

import re
from collections.abc import Mapping
from typing import ClassVar

_NBSP = "\u00a0"


def typeset(text: str) -> str:
    """French typography for a sentence typed with plain spaces and apostrophes."""
    text = re.sub(r" (?=[:;!?»])", _NBSP, text.replace("'", "’"))
    return text.replace("« ", "«" + _NBSP)


def fill(templates: Mapping[str, str], code: str, params: Mapping) -> str:
    """The sentence of a code with its values, on one line whatever they hold."""
    values = {name: " ".join(str(value).split()) for name, value in params.items()}
    return templates[code].format(**values)


class FrenchError(Exception):
    """Input that cannot be used; `str()` is the French sentence to show.

    code and params serve a caller that translates. Each package gives its `templates`.
    """

    templates: ClassVar[Mapping[str, str]] = {}

    def __init__(self, code: str, **params):
        super().__init__(fill(self.templates, code, params))
        self.code = code
        self.params = params
