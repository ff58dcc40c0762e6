from . import reading  # which communes read a thing

# What the sites say, sorted and analysed for the communes
from . import watch
from . import topic  # who decides, acts and pays
from . import resource  # guides for the communes
from . import review  # what an item touches, looked over one after the other
from . import digest  # the letter of the watch
from . import proposal  # what came of an item
from . import booklet  # guides put together on paper
from . import path  # the first days of a mandate

# What waits for somebody
from . import day
from . import home
from . import res_company  # what waits while all this is not used
from . import search
