from . import audience
from . import members
from . import list
