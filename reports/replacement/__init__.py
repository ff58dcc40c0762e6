from . import mission_documents
from . import statement_documents
