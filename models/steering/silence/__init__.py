from . import silence
from . import gesture
