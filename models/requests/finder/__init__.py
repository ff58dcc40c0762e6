from . import findable
from . import finder
