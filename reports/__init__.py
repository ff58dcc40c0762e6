from . import territory
from . import network
