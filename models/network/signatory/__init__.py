# The clock that makes a signatory wait, what starts it, who is told
from . import clock
from . import watch
from . import notice
from . import gesture
