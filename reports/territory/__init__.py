from . import directory
from . import directory_document
from . import directory_xlsx
from . import commune_sheet
from . import label_document
