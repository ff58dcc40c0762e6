from . import event_register
