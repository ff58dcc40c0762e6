from . import test_commune_map_tour
from . import test_portal_home_tour
from . import test_territory_tour
from . import test_request_portal_tour
from . import test_request_office_tour
from . import test_event_tour
from . import test_network_mailing_tour
from . import test_replacement_tour
