# The national directory of elected officials: a run, its lines, what is applied and written
from . import rne_import
from . import council
from . import line
from . import apply
from . import fictitious
from . import write
from . import download
