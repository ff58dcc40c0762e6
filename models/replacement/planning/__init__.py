# Who replaces whom: what the engine is given, the plan, its work, what was learnt of it
from . import engine_adapter
from . import request
from . import plan
from . import background_solve
from . import learning
from . import late_arrival
