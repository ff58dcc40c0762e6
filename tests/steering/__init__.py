from . import test_silence
from . import test_commitment
from . import test_tour
from . import test_rising
