# Extensions of the Odoo models that every request, letter or action uses
from . import base
from . import ir_config_parameter
from . import ir_cron
from . import ir_http
from . import ir_qweb
from . import ir_rule
from . import mail_mail
from . import res_company
from . import res_partner
from . import res_users
