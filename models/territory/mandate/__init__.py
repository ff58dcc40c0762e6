from . import mandate
from . import subscribers
from . import end
from . import portal_access
