# Who replaces whom: what the engine is given, the plan, its work, what was learnt of it
from . import staffing
from . import request
from . import plan
from . import work
from . import learning
from . import late_arrival
