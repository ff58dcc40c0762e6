from . import demand
