# Catalogue: families, sheets, offers, prices
from . import legal_basis
from . import service
from . import service_life
from . import family
from . import price
from . import offer

# Subscriptions, uses, amounts
from . import agreement
from . import subscription
from . import usage
from . import population
from . import subscription_cost
from . import subscription_alert
from . import matrix

# Conventions
from . import function
from . import agreement_template
from . import agreement_guard
from . import agreement_subscribe
from . import agreement_life
from . import agreement_sign
from . import agreement_proof
from . import agreement_alert
from . import agreement_portal

# Papers for the assemblies
from . import agreement_part
from . import agreement_impact
from . import agreement_expected
from . import agreement_paper
from . import agreement_paper_tables
from . import agreement_pack
from . import agreement_vote

# Portal
from . import service_portal
from . import suggestion_refusal
from . import suggestion
from . import suggestion_portal

# New services
from . import project
from . import project_gate
from . import project_scenario
from . import need
from . import ticket

# Rest
from . import decision
from . import res_company
from . import res_partner
from . import demo
from . import demo_pack
from . import suggestion_demo
