from . import report
from . import content
from . import telling
