from . import res_company
from . import document_look
from . import export_log
from . import ir_actions_report
from . import ir_http
from . import res_config_settings
from . import staff_thread
from . import web_process
