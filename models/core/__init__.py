# Common rules, first: every pillar uses them.
from . import text_limits
from . import collation
from . import readonly_fields
from . import reversible_settings
from . import uninstall_warning
from . import append_only
from . import activity
from . import named_record
from . import notifiable_users
from . import organisation
from . import date_input
from . import background_task
from . import pillar
from . import upcoming_first
from . import search
from . import mail_batch_cache
from . import letter
from . import mail_delivery
from . import my_day  # what must I do today?
from . import dedicated_form
from . import handover
from . import sender
from . import message_access
from . import thread
from . import proof
from . import export_log
from . import idempotency

# Settings, pages, documents
from . import res_company
from . import document
from . import file_description
from . import expired_session_form
from . import request_guard
from . import disk_space
from . import login_pages
from . import light_page
from . import legal
from . import mail_layout
from . import internal_mail
from . import password_length
from . import outgoing_session
from . import res_config_settings
from . import log_mask
from . import demonstration_loader
from . import third_party_translations
from . import odoo  # extensions of the framework's models
