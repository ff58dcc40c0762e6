from . import event_register
from . import mailing_new
