from . import silence
from . import talking
