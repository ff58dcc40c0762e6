from . import read_count  # which communes read a thing

# News of the sites: import, triage and analysis for the communes
from . import watch
from . import topic  # who decides, acts and pays
from . import guide  # guides for the communes
from . import review  # what an item touches, reviewed one after the other
from . import watch_letter  # the letter of the watch
from . import watch_follow_up  # what came of an item
from . import booklet  # guides gathered in a printed booklet
from . import path  # the first days of a mandate

# What waits for somebody
from . import my_day
from . import portal_home
from . import res_company  # what waits while all this is not used
from . import search
