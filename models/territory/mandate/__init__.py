from . import mandate
from . import end
from . import portal_access
