from . import topic  # who decides, acts and pays
from . import resource  # guides for the communes
from . import booklet  # guides put together on paper
from . import path  # the first days of a mandate
