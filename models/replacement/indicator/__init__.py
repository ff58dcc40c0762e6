from . import figures
from . import fill
from . import pool
from . import cost
from . import quality
from . import screen
