from . import week_grid
from . import agent
from . import work_rule
from . import res_company
from . import signing
from . import offer
from . import res_partner
from . import request
from . import slot
from . import proposal
from . import planning
from . import planning_board
from . import mission
from . import timesheet
from . import evaluation
from . import incident
from . import alert
from . import statement
from . import indicator
from . import report
from . import continuity
from . import demand

# What waits for somebody
from . import my_day
from . import portal_home
