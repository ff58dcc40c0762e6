# The directory: its yearly check by the communes, what peers see of each other
from . import peers
from . import campaign
from . import recipient
