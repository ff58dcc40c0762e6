from . import event_attendance_sheet
from . import event_certificate
from . import training_table_xlsx
