# What all councillors of the communes receive: who, when, what left
from . import dispatch
from . import send
from . import deadline
