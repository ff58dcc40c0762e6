# Delivery of each letter: queued, retried, sent or failed; and who is notified
from . import delivery
from . import pending_sender
from . import record_callbacks
from . import unwritten
from . import unsent
from . import mail
from . import letter_document
from . import recipient_activity
