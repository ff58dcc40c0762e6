from . import refusal
from . import suggest
from . import portal
