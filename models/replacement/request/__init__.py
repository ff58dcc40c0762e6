# What a commune asks for: half-days, distance, urgency, life, arrival, portal, again, quote
from . import request
from . import asked_half_days
from . import other_days
from . import distance
from . import urgency
from . import agreement
from . import workflow
from . import acknowledgement
from . import service_need
from . import portal
from . import repeat_request
from . import quote
from . import csv_import
