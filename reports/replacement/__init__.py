from . import mission_documents
