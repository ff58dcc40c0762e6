# The address that letters leave from: confirmed when a test letter has come back
from . import company
from . import server
from . import sender_check
from . import domain
from . import banner
