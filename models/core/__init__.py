from . import res_company
from . import document_look
from . import export_log
from . import letter_link
from . import ir_actions_report
from . import res_config_settings
from . import staff_thread
from . import thread_access
