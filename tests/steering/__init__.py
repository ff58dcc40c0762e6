from . import test_silence
from . import test_commitment
