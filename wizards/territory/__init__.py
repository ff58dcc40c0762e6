from . import commune_setup
from . import commune_import_upload
from . import print_mixin
from . import directory_print
from . import label_print
from . import portal_invite
from . import mandate_end
from . import second_look
