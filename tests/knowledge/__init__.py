from . import test_booklet
from . import test_guide_life
from . import test_guide_rights
from . import test_model_document
from . import test_path
from . import test_path_import
from . import test_portal_guides
