# What must I do today?
from . import source
from . import snooze
from . import my_day
from . import actions
