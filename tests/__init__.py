from . import test_access_matrix
from .territory import *
from .tours import *
