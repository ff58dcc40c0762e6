from . import visit_tour
from . import stop
