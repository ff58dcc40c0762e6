from . import indicator_document
from . import mission_document
from . import service_report_document
from . import statement_document
