from . import alert
from . import gather
from . import people
