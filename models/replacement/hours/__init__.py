# Time sheets: lines, what happened to them, both signatures, the entry of hours
from . import timesheet
from . import line
from . import log
from . import decide
from . import entry
