# Agents and what they know
from . import guarded
from . import week_grid
from . import software
from . import hr_skill
from . import exclusion
from . import hr_employee
from . import agent_leave
from . import res_company
from . import offer
from . import res_partner

# Requests and their half-days
from . import request
from . import need
from . import slot
from . import slot_take
from . import slot_change
from . import request_slots
from . import request_life
from . import service_need
from . import request_portal

# Proposals and missions
from . import proposal
from . import proposal_letter
from . import request_proposals
from . import request_plan
from . import plan
from . import plan_work
from . import plan_learning
from . import mission
from . import amendment
from . import mission_lists
from . import mission_change
from . import slot_absence
from . import words
from . import agent_calendar

# Hours, tariffs, statements
from . import tariff
from . import timesheet
from . import timesheet_line
from . import timesheet_log
from . import timesheet_sign
from . import timesheet_entry
from . import statement
from . import statement_line
from . import statement_build
from . import statement_document
from . import mission_due
from . import request_quote
from . import agent_access

# Files and demonstration
from . import load_files
from . import load_agents
from . import load_requests
from . import demo
from . import demo_hours
