from . import session_documents
from . import notice_proof_xlsx
