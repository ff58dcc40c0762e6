from . import notice_rule
from . import committee
from . import own_rule
from . import member
from . import chair
