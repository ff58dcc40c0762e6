from . import findable
from . import finder
from . import portal
from . import person
from . import people
