from . import guide  # fields, what may be written when
from . import audience  # whom a guide concerns
from . import version  # what changed, former texts
from . import workflow  # published, reviewed, withdrawn
from . import who_does_what  # who does what, from the topics
from . import view  # read by which communes
from . import opinion  # useful or not
from . import missed_search  # words that found nothing
from . import finder  # found with the words of a commune
from . import portal  # the library of a commune
from . import guide_suggestions  # beside orientation cards and answers
from . import document_template  # a text with fields, filled for a commune
