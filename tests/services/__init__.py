from . import test_agreement
from . import test_agreement_rights
from . import test_agreement_race
from . import test_portal_services
from . import test_project
from . import test_service_cost
from . import test_service_documents
from . import test_service_life
