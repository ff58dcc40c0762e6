from . import booklet_document
from . import resource_model
