# Elections to come, and the election review of broadcasts in the months before them
from . import election
from . import election_review
from . import election_review_mixin
