from . import commune_setup
from . import commune_import_upload
