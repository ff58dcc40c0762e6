from . import indicator_document
from . import mission_document
from . import planning_board
from . import service_report_document
from . import statement_document
