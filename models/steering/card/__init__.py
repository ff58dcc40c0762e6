# Preparation of a visit: the sections of a commune, talking points, the page
from . import card
from . import head
from . import requests_section
from . import committees_section
from . import network_section
from . import services_section
from . import replacement_section
from . import knowledge_section
from . import relationship_section
from . import talking_points
from . import page
