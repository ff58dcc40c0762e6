from . import agreement_document
from . import brochure_document
from . import service_matrix_xlsx
from . import service_simulation_xlsx
