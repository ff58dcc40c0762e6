# The intercommunalities of France: one is chosen, everything is set up from it
from . import reference_epci
from . import apply
from . import local_time
from . import french_localisation
