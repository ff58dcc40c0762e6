# Who answers: teams, their calendars, topics
from . import stage
from . import team
from . import team_staffing
from . import team_presets
from . import staff_teams
from . import res_company
from . import resource_calendar
from . import res_users
from . import res_partner
from . import confidential_places
from . import finder
from . import topic
from . import reference_epci

# What comes from outside: files, senders, mail
from . import attachment_rules
from . import ir_mail_server
from . import sender
from . import mail_thread

# The request and its life
from . import sla
from . import rating
from . import ticket
from . import upload

# Answers that serve again
from . import answer

# What waits for somebody
from . import my_day
from . import portal_home
from . import search
