from . import report
from . import content
from . import report_tables
