from . import target
from . import campaign
from . import user_input
from . import guard
