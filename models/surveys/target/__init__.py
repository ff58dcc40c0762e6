# One target per commune: answers, the official one, the link of a person
from . import target
from . import answer
from . import official
from . import link
