from . import mission
from . import amendment
from . import checklist
from . import change
from . import absence
from . import order
from . import words
