# What one reads before a visit: the sections of a commune, what to say, the page
from . import card
from . import head
from . import asked
from . import decided
from . import network
from . import offered
from . import replacement
from . import reading
from . import ledger
from . import talk
from . import page
