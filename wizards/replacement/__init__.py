from . import absence
from . import candidates
from . import load
from . import mission_change
from . import statement_prepare
from . import replacement_today
from . import year_print
