from . import decision
from . import follow
