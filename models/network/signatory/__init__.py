# Signing delay of a signatory, what triggers it, who is notified
from . import signing_delay
from . import change_detection
from . import notice
from . import signing_act
from . import same_person
