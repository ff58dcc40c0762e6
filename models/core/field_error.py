"""An error of a form that names its field."""

from odoo.exceptions import UserError


class FieldError(UserError):
    """What is wrong with a form, and where the person corrects it.

    :param field: name of the field of the page
    """

    def __init__(self, message, field):
        super().__init__(message)
        self.field = field
