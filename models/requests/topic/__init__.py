from . import topic
from . import police
from . import term
from . import referent
from . import owner
from . import orient
from . import orientation_log
from . import portal
