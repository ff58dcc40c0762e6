from . import mandate
from . import portal_access
