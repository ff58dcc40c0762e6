from . import test_survey_campaign
from . import test_survey_concurrency
from . import test_survey_demo
from . import test_survey_link
from . import test_survey_portal
from . import test_survey_results
from . import test_survey_rights
from . import test_survey_tell
