# A session: notice, quorum, agenda
from . import session
from . import phase
from . import session_kind
from . import notice
from . import quorum
from . import no_quorum
from . import item

# From the call for items to the answers
from . import wording
from . import agenda
from . import send
from . import notification_status
from . import session_file
from . import portal

# In session: the meeting screen
from . import operation
from . import version
from . import meeting
from . import meeting_operations
from . import operation_replay

# What is kept of it
from . import minutes
from . import session_secretary
from . import minutes_text
from . import late_decisions
