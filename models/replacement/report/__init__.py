from . import report
from . import yearly_tables
