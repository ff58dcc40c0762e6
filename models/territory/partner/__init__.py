# Persons, communes and intercommunalities; what the portal shows of a place; the map
from . import res_partner
from . import commune
from . import secretary
from . import place
from . import map
