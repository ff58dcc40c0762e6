from . import booklet_document
from . import guide_template
