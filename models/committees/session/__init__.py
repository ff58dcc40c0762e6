# A session: notice, quorum, agenda
from . import session
from . import phase
from . import sitting
from . import notice
from . import quorum
from . import no_quorum
from . import item

# From the call for items to the answers
from . import look
from . import agenda
from . import send
from . import reached
from . import file
from . import portal

# In session: the meeting screen
from . import operation
from . import version
from . import meeting
from . import meeting_gesture
from . import course

# What is kept of it
from . import minutes
from . import sitting_secretary
from . import minutes_text
from . import late_decisions
