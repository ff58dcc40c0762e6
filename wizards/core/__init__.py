from . import what_we_use
