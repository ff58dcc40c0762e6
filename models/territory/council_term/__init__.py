from . import council_term
from . import res_partner
