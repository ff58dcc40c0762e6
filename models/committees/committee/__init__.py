from . import notice_rule
from . import committee
from . import member
