# Polls to come; the election review of what is told in the months before them
from . import election
from . import election_review
from . import election_review_mixin
