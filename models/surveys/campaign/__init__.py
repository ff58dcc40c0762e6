# Whom a campaign asks, its letters; results, what was done about them, what communes see
from . import campaign
from . import people
from . import action
from . import letter
from . import reminder
from . import told
from . import second_look
from . import results
from . import portal
