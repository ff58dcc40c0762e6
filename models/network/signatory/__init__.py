# The clock that makes a signatory wait, what starts it, who is told
from . import signing_delay
from . import change_detection
from . import notice
from . import signing_act
