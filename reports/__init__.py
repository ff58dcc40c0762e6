from . import territory
