# Accounts: the letter that opens one, the invitation, the colleagues, who is who, what waits
from . import accounts_without_mandate
from . import letter
from . import welcome
from . import invitation
from . import colleagues
from . import colleague_new
from . import own_contact_data
from . import portal_home
from . import proconnect
