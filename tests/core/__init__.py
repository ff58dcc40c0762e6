from . import test_document_look
from . import test_pdf_engine
from . import test_pdf_resources
from . import test_export_text
from . import test_hostile_addresses
from . import test_pages
from . import test_passwords
from . import test_thread_guess
