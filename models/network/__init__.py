# Who is written to, and what they want to receive
from . import res_company
from . import audience
from . import preference
from . import mandate
from . import mailing

# Signatories: what makes them so does not change in silence
from . import signatory

# Peers: discussion group, exchanges between communes
from . import group
from . import exchange

# Events and trainings, the yearly directory
from . import event
from . import legal_value
from . import training
from . import obligation
from . import calendar_feed
from . import directory

# What waits for somebody
from . import my_day
from . import portal_home
from . import search
from . import finder
