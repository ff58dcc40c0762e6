from . import alert
from . import fact_collection
from . import people
