# Staff accounts, which the manager invites and withdraws
from . import staff_account
from . import actions
