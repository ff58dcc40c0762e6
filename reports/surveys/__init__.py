from . import survey_results
from . import survey_answers_xlsx
