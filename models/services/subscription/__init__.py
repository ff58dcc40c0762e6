from . import subscription
from . import usage
from . import cost
from . import alert
from . import year
from . import expected_cost
from . import subscribers
