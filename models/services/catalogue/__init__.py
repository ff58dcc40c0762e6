# Families, sheets and their life, offers, prices, who may have what
from . import service
from . import workflow
from . import family
from . import price
from . import offer
from . import population
from . import matrix
from . import portal
from . import finder
from . import subscribers
