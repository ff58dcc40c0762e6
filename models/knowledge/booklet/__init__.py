from . import booklet  # what is chosen, for whom, offered or not
from . import content  # its pages for one commune
from . import people  # who's who
from . import election_review  # near a poll, who reads its words before the communes do
from . import cached_pdf  # kept as it was drawn, drawn again when something changed
