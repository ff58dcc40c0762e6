# Polls to come; the second look of what is told in the months before them
from . import poll
from . import second_look
from . import looked_over
