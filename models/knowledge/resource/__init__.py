from . import resource  # fields, what may be written when
from . import audience  # whom a guide concerns
from . import version  # what changed, former texts
from . import life  # published, reviewed, withdrawn
from . import who  # who does what, from the topics
from . import view  # read by which communes
from . import opinion  # useful or not
from . import missed_search  # words that found nothing
from . import finder  # found with the words of a commune
from . import portal  # the library of a commune
from . import beside  # beside orientation cards and answers
from . import model_document  # a text with fields, filled for a commune
