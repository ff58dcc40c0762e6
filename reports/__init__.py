from . import territory
from . import network
from . import committees
from . import services
from . import surveys
from . import replacement
from . import knowledge
from . import steering
