from . import report
from . import breakdown
