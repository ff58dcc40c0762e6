from . import notice_rule
from . import committee
from . import own_rule
from . import municipal
from . import member
from . import chair
