# What a commune asks for: half-days, life, portal, quote, files of the past
from . import request
from . import asked_half_days
from . import other_days
from . import life
from . import service_need
from . import portal
from . import quote
from . import load
