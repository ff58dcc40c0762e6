# Sources, and what is read there
from . import source
from . import feed_polling

# Items: content, triage, communes concerned
from . import item
from . import workflow
from . import feed_import
from . import concerned
from . import triage
from . import mail_in

# What the communes read, and when
from . import deadline
from . import audience
from . import view
from . import portal
from . import finder  # found with the words of a commune

# What follows each creation and each change of an item, in order
from . import subscribers
