# Rules and bodies
from . import notice_rule
from . import school_holiday
from . import committee
from . import committee_member
from . import committee_notice

# A session: its agenda, its members, its quorum
from . import session
from . import session_notice
from . import session_quorum
from . import session_item
from . import attendance
from . import attendance_answer
from . import attendance_presence

# From the call for items to the answers
from . import session_look
from . import session_agenda
from . import session_send
from . import session_file
from . import session_reminder
from . import attendance_proof
from . import attendance_reply
from . import session_portal
from . import demo

# In session: the meeting screen
from . import session_operation
from . import session_meeting
from . import session_meeting_data
from . import session_gesture

# What is kept of it
from . import session_version
from . import session_minutes
from . import session_minutes_text
from . import session_minutes_send
from . import attendance_stat
from . import decision
from . import decision_note
from . import decision_follow
from . import session_follow
from . import res_partner
from . import dispatch
from . import dispatch_send
from . import dispatch_due

# What nobody writes by hand, what members do not read
from . import guard
