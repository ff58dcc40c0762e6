from . import attendance
from . import log
from . import letter
from . import proof
from . import reply
from . import stat
