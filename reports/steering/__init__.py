from . import visit_tour
from . import activity_report
from . import commune_card
