from . import territory
from . import network
from . import services
from . import surveys
from . import replacement
