from . import known_email
from . import recognise
from . import subscribers
