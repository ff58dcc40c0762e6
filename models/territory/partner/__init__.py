# Persons, communes and intercommunalities; what the portal shows of a place; the map
from . import res_partner
from . import siret
from . import figures
from . import wording
from . import document_identity
from . import commune
from . import secretary
from . import portal_place
from . import accessible_places
from . import good_friday
from . import map_figures
from . import map
