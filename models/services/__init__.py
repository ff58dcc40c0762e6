from . import catalogue
from . import agreement
from . import subscription
from . import unit_cost
from . import suggestion
from . import project

# Services, in the other models
from . import function
from . import decision
from . import ticket
from . import res_company
from . import res_partner

# What waits for somebody
from . import my_day
from . import portal_home
from . import search
