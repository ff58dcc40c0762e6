from . import topic_trend
from . import item
