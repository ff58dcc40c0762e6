"""How long a password must be (`data/core/password_data.xml`), for an organisation that has not
chosen it, and the advice that is shown where one is chosen.

Twelve characters is what ANSSI and CNIL ask of a password alone; an organisation that typed another
length in the settings keeps it, and what was there before comes back when the addon goes
(`reversible_settings.py`).
"""

from odoo import api, models

ASKED = "auth_password_policy.minlength"
WANTED = "commune_relations.password_length"
# Nothing, and the length that Odoo comes with.
NOT_CHOSEN = ("0", "8")


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model
    def signup(self, values, token=None):
        """A password that is refused leaves the invitation alive: Odoo uses the token up first."""
        with self.env.cr.savepoint():
            return super().signup(values, token)

    @api.model
    def _get_password_advice(self):
        """Advice shown beside a password field."""
        length = self.get_password_policy()["minlength"]
        return length and self.env._(
            "At least %(count)s characters. A sentence that only you know is easy to remember and"
            " hard to guess.",
            count=length,
        )

    @api.model
    def _can_require_long_passwords(self):
        """Whether neither an administrator nor the addon has set a minimum length yet."""
        parameters = self.env["ir.config_parameter"].sudo()
        chosen = parameters.get_param(ASKED) or "0"
        return chosen in NOT_CHOSEN and not self.env["commune.reversible.settings"]._is_changed(
            ASKED
        )

    @api.model
    def _ask_long_passwords(self):
        """Ask it once, at the set-up, as superuser: the passwords that exist go on opening."""
        if self._can_require_long_passwords():
            wanted = self.env["ir.config_parameter"].get_param(WANTED)
            self.env["commune.reversible.settings"]._change_parameter(ASKED, wanted)
