from . import test_guide_finder
from . import test_guide_life
from . import test_guide_rights
from . import test_portal_guides
