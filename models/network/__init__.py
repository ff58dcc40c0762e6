# Audiences: who is written to or invited
from . import audience
from . import audience_members
from . import partner_audience

# Preferences, and the lists that follow the audiences
from . import preference
from . import audience_list
from . import mailing_list
from . import partner_preference
from . import mandate

# Mailings: recipients, approval, sending, figures
from . import mailing
from . import mailing_approval
from . import mailing_recipient
from . import mailing_send
from . import mailing_trace
from . import mailing_reach
from . import never_reached
from . import mailing_letter
from . import digest

# Letters to persons
from . import event_letter

# Signatories: what makes them so does not change in silence
from . import signatory
from . import signatory_watch
from . import signatory_notice

# Peers: discussion group, directory, exchanges between communes
from . import group
from . import directory_peers
from . import exchange
from . import exchange_notice

# Events and trainings
from . import training_body
from . import event_half_day
from . import event
from . import event_look
from . import event_register
from . import event_registration
from . import event_invitation
from . import event_invite
from . import event_attendance
from . import event_certificate
from . import event_reminder
from . import event_portal
from . import legal_value
from . import training_record
from . import obligation
from . import calendar_feed
from . import directory_campaign
from . import directory_recipient
from . import event_survey
from . import guard

# Demonstration
from . import demo_people
from . import demo_events
from . import demo_letters
from . import demo
