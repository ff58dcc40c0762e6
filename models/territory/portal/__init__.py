# Accounts: the letter that opens one, the invitation, the colleagues, who is who, what waits
from . import account
from . import letter
from . import welcome
from . import invitation
from . import colleagues
from . import colleague_new
from . import identity
from . import home
from . import proconnect
