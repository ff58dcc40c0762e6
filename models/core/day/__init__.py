# What must I do today?
from . import source
from . import snooze
from . import day
from . import gesture
