from . import proposal
from . import letter
