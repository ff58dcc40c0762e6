from . import survey_phone
from . import survey_publish
