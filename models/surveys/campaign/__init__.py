# Whom a campaign asks, its letters; results, what was done about them, what communes see
from . import campaign
from . import people
from . import survey_action
from . import letter
from . import reminder
from . import result_notification
from . import election_review
from . import results
from . import portal
