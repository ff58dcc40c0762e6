from . import mandate
from . import changes
from . import end
from . import portal_access
