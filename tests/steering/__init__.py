from . import test_silence
