from . import mission
from . import amendment
from . import lists
from . import change
from . import absence
from . import words
