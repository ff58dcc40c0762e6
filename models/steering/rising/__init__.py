from . import rising
from . import item
