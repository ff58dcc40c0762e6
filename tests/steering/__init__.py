from . import test_figures
from . import test_silence
from . import test_spreadsheets
