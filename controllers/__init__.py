from . import portal_home
from . import portal_colleagues
from . import portal_territory
