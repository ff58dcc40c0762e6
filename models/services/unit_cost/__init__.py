from . import unit_cost
from . import charge
from . import price_update
from . import notice
from . import reminder
