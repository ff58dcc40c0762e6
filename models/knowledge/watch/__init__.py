# Sources, and what is read there
from . import source
from . import reading

# Items: what they say, how they are sorted, which communes they concern
from . import item
from . import life
from . import take
from . import concerned
from . import sorting
from . import mail_in
