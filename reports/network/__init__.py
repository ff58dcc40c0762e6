from . import attendance_sheet
from . import training_table_xlsx
