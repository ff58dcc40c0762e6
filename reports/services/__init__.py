from . import agreement_document
from . import agreement_deliberation
from . import brochure_document
from . import service_matrix_xlsx
from . import service_simulation_xlsx
from . import service_year
from . import unit_cost
