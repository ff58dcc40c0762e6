# What became of each letter: queued, tried again, left, lost; who is told of it
from . import journey
from . import hold
from . import tell
from . import unsent
from . import mail
from . import sheet
from . import person
