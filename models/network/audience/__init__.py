from . import audience
from . import membership
from . import list
