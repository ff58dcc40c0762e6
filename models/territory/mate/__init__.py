# Our colleagues of the service, whom the manager invites and withdraws
from . import mate
from . import gesture
