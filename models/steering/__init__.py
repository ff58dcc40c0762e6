"""Where the relation with each commune stands: over all the pillars above."""

from . import silence
from . import figure
