from . import slot
from . import take
from . import change
from . import calendar_entry
