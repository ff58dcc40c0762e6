from . import function
from . import sector
from . import mandate
from . import partner
from . import portal
from . import reference_epci
from . import rne
from . import poll
