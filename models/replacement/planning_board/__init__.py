# The planning board: what a window shows, who may take a half-day, the actions of a coordinator
from . import screen
from . import actions
