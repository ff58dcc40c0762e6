from . import figures
from . import fill
from . import pool
from . import cost
from . import screen
