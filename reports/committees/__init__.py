from . import session_document
from . import notice_proof_xlsx
from . import session_records
from . import attendance_dispatch_xlsx
