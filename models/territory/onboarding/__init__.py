# The onboarding: what remains to be done before the organisation works
from . import step
