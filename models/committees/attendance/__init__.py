from . import attendance
from . import log
from . import proof
from . import reply
from . import stat
