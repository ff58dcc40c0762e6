from . import agreement_sign
from . import service_year_print
