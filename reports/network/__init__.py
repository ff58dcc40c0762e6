from . import event_attendance_sheet
from . import training_table_xlsx
