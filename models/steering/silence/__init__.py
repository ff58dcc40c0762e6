from . import silence
from . import actions
