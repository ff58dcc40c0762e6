from . import booklet  # content choices, audience, offered or not
from . import content  # its pages for one commune
from . import people  # who's who
from . import election_review  # election review of its texts, before the communes read them
from . import cached_pdf  # rendered again when its content changes
