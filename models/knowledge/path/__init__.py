from . import path  # what a new mandate begins with, as the organisation writes it
from . import progress  # one mandate: its steps, done or not
from . import start  # which new mandates get one
from . import send  # its letters, its end
from . import portal  # what the person and the DGS see
