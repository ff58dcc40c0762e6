from . import topic  # who decides, acts and pays
from . import resource  # guides for the communes
