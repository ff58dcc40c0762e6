"""Records of other addons that the staff reads in a dedicated form.

Odoo opens a record with the first form of its model, that of the addon that made it, without the
buttons added here. Every opening of a record (day page, link of a letter, field) uses this mixin.
"""

from odoo import models

from .my_day.source import STAFF
from .window_actions import open_action


class CommuneDedicatedFormMixin(models.AbstractModel):
    """Inherited by a model of another addon."""

    _name = "commune.dedicated.form.mixin"
    _description = "Record of another addon, in a form of this addon"
    _own_screen = ""  # name of the action of this addon that opens it

    def _has_own_screen(self):
        """Whether the addon manages this record; third-party records may share the model."""
        return True

    def _opens_own_screen(self, access_uid=None):
        user = self.env["res.users"].browse(access_uid).sudo() if access_uid else self.env.user
        managed = len(self) == 1 and self.sudo()._has_own_screen()
        return managed and any(map(user.has_group, STAFF))

    def _get_own_screen(self):
        action = open_action(self, self._own_screen)
        forms = [view for view in action["views"] if view[1] == "form"]
        opened = {"name": self.display_name, "res_id": self.id, "target": "current"}
        return action | opened | {"views": forms, "domain": False}

    def get_formview_id(self, access_uid=None):
        if self._opens_own_screen(access_uid):
            return self._get_own_screen()["views"][0][0]
        return super().get_formview_id(access_uid=access_uid)

    def get_formview_action(self, access_uid=None):
        if self._opens_own_screen(access_uid):
            return self._get_own_screen()
        return super().get_formview_action(access_uid=access_uid)
