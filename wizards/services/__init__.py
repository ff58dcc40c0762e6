from . import service_year_print
