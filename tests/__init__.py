from . import test_access_matrix
from . import test_translations
from .core import *
from .territory import *
from .requests import *
from .network import *
from .replacement import *
from .tours import *
