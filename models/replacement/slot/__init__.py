from . import slot
from . import take
from . import change
