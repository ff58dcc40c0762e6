from . import orientation_search
from . import request_quick
from . import request_transfer
