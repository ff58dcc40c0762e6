from . import portal_territory
