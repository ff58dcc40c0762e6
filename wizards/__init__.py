from . import core
from . import territory
from . import requests
from . import network
from . import committees
from . import services
from . import surveys
from . import replacement
