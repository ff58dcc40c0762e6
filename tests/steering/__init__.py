from . import test_commitment
from . import test_commune_card
from . import test_commune_card_document
from . import test_demo_past
from . import test_topic_trend
from . import test_silence
from . import test_spreadsheets
from . import test_tour
