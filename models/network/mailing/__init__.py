# A mailing: its list, its approval, its letter, its sending, whom it reached, the digest
from . import list
from . import mailing
from . import approval
from . import election_review
from . import recipient
from . import stat
from . import send
from . import trace
from . import reach
from . import letter
from . import digest
