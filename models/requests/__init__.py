# Who answers: teams, topics, referents
from . import stage
from . import team
from . import res_company
from . import res_config_settings
from . import resource_calendar
from . import res_users
from . import topic
from . import topic_term
from . import topic_term_learning
from . import topic_referent
from . import topic_owner
from . import topic_orient
from . import topic_teams
from . import orientation_log

# The request and its life
from . import sla
from . import ticket_sla
from . import pause
from . import transfer
from . import ticket
from . import ticket_promise
from . import ticket_transfer
from . import ticket_workflow
from . import ticket_actions
from . import ticket_orientation

# The request on the portal of the communes
from . import attachment_rules
from . import ticket_portal
from . import ticket_portal_list
from . import ticket_portal_page
from . import ticket_portal_timeline
from . import ticket_portal_actions
from . import ticket_portal_create
from . import topic_portal
