from . import continuity
