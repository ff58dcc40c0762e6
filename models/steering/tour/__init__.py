from . import tour
from . import stop
