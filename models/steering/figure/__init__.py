from . import figures
from . import words
from . import asked
from . import sittings
from . import network
from . import provided
from . import feedback
