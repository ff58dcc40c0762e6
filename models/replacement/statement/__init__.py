# Tariffs, the statement of a commune, its lines, who bills whom, what a day holds already, how it
# is made up, its documents, days without an order of mission, what is still to be billed, its part
# of the yearly statement, half-days billed twice, and what is billed beside the unit cost
from . import tariff
from . import statement
from . import line
from . import parties
from . import daily_balance
from . import build
from . import document
from . import mission_order_warning
from . import forecast
from . import year_lines
from . import double_billing
from . import unit_cost_warning
