from . import territory
from . import network
from . import committees
