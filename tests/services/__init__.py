from . import test_agreement
from . import test_project
from . import test_service_cost
from . import test_service_life
