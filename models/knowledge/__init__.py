# What the sites say, sorted and analysed for the communes
from . import watch
