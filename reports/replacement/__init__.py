from . import mission_document
from . import planning_board
from . import statement_document
