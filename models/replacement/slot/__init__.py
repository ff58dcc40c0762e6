from . import slot
from . import assignment
from . import change
