from . import visit_tour
