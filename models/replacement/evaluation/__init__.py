from . import evaluation
from . import ask
from . import answer
from . import skill
