from . import function
from . import sector
from . import police
from . import mandate
from . import partner
from . import council_term
from . import portal
from . import mate
from . import reference_epci
from . import rne
from . import known
from . import poll
from . import morning
from . import directory_paper

# What waits for somebody
from . import day
from . import search
