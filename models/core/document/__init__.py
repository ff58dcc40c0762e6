# PDF: branding, resources that a page may fetch, rendering, wkhtmltopdf compatibility
from . import branding
from . import run
