from . import school_holiday
from . import committee
from . import session
from . import attendance
from . import decision
from . import dispatch
from . import res_partner
from . import res_company

# What waits for somebody
from . import my_day
from . import portal_home
from . import search
from . import finder
