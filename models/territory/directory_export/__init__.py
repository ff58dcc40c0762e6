from . import directory_export
from . import generation
