from . import project
from . import gate
from . import scenario
from . import need
