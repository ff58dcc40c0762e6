# Who answers: teams, topics, referents
from . import stage
from . import team
from . import res_company
from . import res_config_settings
from . import resource_calendar
from . import res_users
from . import res_partner
from . import topic
from . import topic_term
from . import topic_term_learning
from . import topic_referent
from . import topic_owner
from . import topic_orient
from . import topic_teams
from . import rating
from . import reference_epci
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
from . import ticket_posting
from . import ticket_portal
from . import ticket_portal_list
from . import ticket_portal_page
from . import ticket_portal_timeline
from . import ticket_portal_actions
from . import ticket_portal_create
from . import topic_portal
from . import ir_mail_server
from . import demo

# Mail in and out, reminders
from . import known_email
from . import sender
from . import company_mail
from . import mail_thread
from . import ticket_mail_sender
from . import ticket_mail
from . import ticket_mail_relay
from . import ticket_letter
from . import ticket_mail_notify
from . import ticket_mail_reply
from . import ticket_attach
from . import ticket_reminder
from . import ticket_reminder_cron
from . import digest

# The answer: canned texts, validation, publication
from . import canned_answer
from . import ticket_reroute
from . import ticket_answer
from . import validation
from . import ticket_validation
from . import ticket_validation_steps
from . import contribution
from . import ticket_contribution
from . import published_answer
from . import published_search
from . import published_opinion
from . import ticket_publish
from . import ticket_duplicate
