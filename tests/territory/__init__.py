from . import test_mandate
from . import test_setup
from . import test_import
from . import test_commune_map
from . import test_directory
from . import test_documents
from . import test_documents_labels
