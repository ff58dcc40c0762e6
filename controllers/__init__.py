from . import portal_home
from . import portal_colleagues
from . import portal_territory
from . import portal_requests
from . import portal_request_form
from . import portal_request_files
from . import portal_helpdesk
