from . import what_we_use
from . import sender
from . import our_settings
