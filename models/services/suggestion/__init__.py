from . import refusal
from . import bouquet
from . import portal
