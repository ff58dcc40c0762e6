from . import topic
from . import police
from . import term
from . import referent
from . import interlocutor
from . import orient
from . import orientation_log
from . import portal
