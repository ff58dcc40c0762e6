from . import unit_cost
from . import charge
from . import feed
from . import notice
from . import recall
