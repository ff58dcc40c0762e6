from . import booklet_print
