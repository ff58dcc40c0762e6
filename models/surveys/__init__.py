from . import target
from . import campaign
from . import survey
from . import question
from . import user_input
from . import res_company

# What waits for somebody
from . import my_day
from . import portal_home
