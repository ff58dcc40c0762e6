# Time sheets: lines, what one agent may have worked, what happened to them, what was not sent, when
# a mission is invoiced, both signatures, the entry of hours
from . import timesheet
from . import line
from . import half_day
from . import working_time
from . import log
from . import reminder
from . import invoiced
from . import commune_validation
from . import contested
from . import entry
