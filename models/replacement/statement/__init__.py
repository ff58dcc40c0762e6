# Tariffs, the statement of a commune, its lines, who bills whom, what a day holds already, how it
# is made up, its papers, days without an order of mission, what is still to be billed, its part
# of the yearly statement, and what is billed beside the unit cost
from . import tariff
from . import statement
from . import line
from . import parties
from . import day
from . import build
from . import document
from . import order
from . import forecast
from . import year_lines
from . import ground
