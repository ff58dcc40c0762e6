# Special police of the mayors: what the president of the intercommunality holds, and where
from . import power
from . import decision
