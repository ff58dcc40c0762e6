from . import session_document
from . import notice_proof_xlsx
from . import session_paper
from . import follow_xlsx
