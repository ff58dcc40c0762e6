from . import territory
from . import requests
