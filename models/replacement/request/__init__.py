# What a commune asks for: half-days, distance, urgency, life, arrival, portal, again, quote
from . import request
from . import asked_half_days
from . import other_days
from . import distance
from . import urgency
from . import agreement
from . import life
from . import arrival
from . import service_need
from . import portal
from . import again
from . import quote
from . import load
