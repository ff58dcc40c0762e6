"""Where the relation with each commune stands: over all the pillars above."""

from . import contact
from . import commitment
from . import silence
from . import tour
from . import rising
from . import res_company
from . import figure
from . import report
from . import card
from . import day
from . import home
