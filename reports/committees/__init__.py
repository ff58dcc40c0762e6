from . import session_documents
from . import notice_proof_xlsx
from . import session_papers
from . import follow_xlsx
