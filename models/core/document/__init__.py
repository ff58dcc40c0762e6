# What is drawn as PDF: the look of the organisation, what a page may fetch, the drawing, the
# standard
from . import branding
from . import report
from . import run
