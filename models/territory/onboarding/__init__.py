# The first morning: what remains to be done before the house works
from . import step
