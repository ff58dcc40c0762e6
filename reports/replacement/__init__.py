from . import mission_document
from . import statement_document
