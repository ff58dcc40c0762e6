# What became of each letter: queued, tried again, left, lost; who is notified of it
from . import delivery
from . import pending_sender
from . import record_callbacks
from . import unsent
from . import mail
from . import letter_document
from . import recipient_activity
