# Our colleagues of the service, whom the manager invites and withdraws
from . import staff_account
from . import actions
