from . import commitment
from . import source
from . import reminder
from . import res_partner
