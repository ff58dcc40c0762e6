from . import test_interlocutors
from . import test_orientation_model
from . import test_promise_of_requests
from . import test_quick_entry
from . import test_request_life
from . import test_transfers
