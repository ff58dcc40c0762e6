from . import silence
