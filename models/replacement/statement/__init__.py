# Tariffs, the statement of a commune, its lines, what a day holds already, how it is made up, its papers
from . import tariff
from . import statement
from . import line
from . import day
from . import build
from . import document
