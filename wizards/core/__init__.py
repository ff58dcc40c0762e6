from . import pillar_selection
from . import sender
from . import manager_settings
