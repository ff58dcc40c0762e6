from . import mission
from . import amendment
from . import checklist
from . import change
from . import change_notification
from . import absence
from . import order
from . import half_day_wording
