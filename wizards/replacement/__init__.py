from . import candidates
from . import load
from . import mission_change
