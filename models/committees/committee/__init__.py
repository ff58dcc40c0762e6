from . import notice_rule
from . import committee
from . import advisory_committee
from . import municipal
from . import member
from . import chair
