from . import decision
from . import follow
from . import no_quorum
