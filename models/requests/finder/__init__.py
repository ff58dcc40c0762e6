from . import findable
from . import finder
from . import portal
from . import staff_contacts
from . import commune_contacts
