"""Steering: the relation with each commune, over all the other pillars."""

from . import contact
from . import commitment
from . import silence
from . import visit_tour
from . import topic_trend
from . import res_company
from . import figure
from . import report
from . import card
from . import my_day
from . import portal_home
