from . import alert
from . import gather
