# Tariffs, the statement of a commune, its lines, how it is made up, its papers
from . import tariff
from . import statement
from . import line
from . import build
from . import document
