# What is kept of its life, the request itself, what is promised
from . import journal
from . import ticket
from . import promise
from . import workflow
from . import transfer

# What its commune sees and does
from . import portal_page
from . import form
from . import portal
from . import portal_list
from . import portal_actions
from . import portal_api

# Mail: in, from whom, out, the letter, reminders, the digest of the week
from . import mail_in
from . import correspondents
from . import mail_relay
from . import letter
from . import mail_out
from . import reply
from . import reminder
from . import digest

# The answer: written, validated, contributed to, published
from . import answer
from . import validation
from . import contribution
from . import publish
from . import duplicate

# What follows each creation and each change, in order
from . import subscribers
