from . import directory_paper
from . import draw
