from . import software
from . import hr_skill
from . import exclusion
from . import hr_employee
from . import rate
from . import leave
from . import agent_account
from . import calendar

# What follows each change of an agent, in order
from . import subscribers
