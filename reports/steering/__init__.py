from . import visit_tour
from . import commune_card
