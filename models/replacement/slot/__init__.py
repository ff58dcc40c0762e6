from . import slot
from . import assignment
from . import change
from . import subscribers
