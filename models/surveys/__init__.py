# Campaigns: whom they ask, letters, reminders
from . import campaign
from . import campaign_people
from . import campaign_letters

# One target per commune: answers, official answer, refusal
from . import target
from . import target_answer
from . import target_official
from . import link

# Odoo's answers: several drafts, one official; what was said last year
from . import user_input
from . import guard
from . import user_input_prefill
from . import user_input_reading

# Results, what was done about them, what the communes see
from . import action
from . import notice
from . import campaign_tell
from . import campaign_results
from . import campaign_portal
from . import campaign_map
from . import demo
