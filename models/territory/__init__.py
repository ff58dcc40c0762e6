from . import function
from . import sector
from . import police
from . import mandate
from . import partner
from . import council_term
from . import portal
from . import staff_account
from . import reference_epci
from . import rne
from . import tracked_partners
from . import election
from . import onboarding
from . import directory_export

# What waits for somebody
from . import my_day
from . import search
