"""Extension of mail and SMS templates: who reads a letter before it leaves, and who sends it.

Odoo checks the right to read the record when a letter is sent, but not when the composer or the
preview shows it, and it renders the text as superuser: without this check any colleague could read
there what a commune contests, who receives an incident, or the code that opens an account. Records
of other addons, and superuser calls, keep Odoo's behaviour.
"""

from odoo import api, models, tools

from ..message_access import MODULE, check_can_post, keep_layout
from ..named_record import filter_of_addon

TEMPLATES = {"mail.template", "sms.template"}


class MailRenderMixin(models.AbstractModel):
    _inherit = "mail.render.mixin"

    def _render_field(self, field, res_ids, *args, **kwargs):
        if self._name in TEMPLATES:
            self._check_letters_read(res_ids)
        return super()._render_field(field, res_ids, *args, **kwargs)

    def _check_letters_read(self, res_ids):
        """Check the read right on records that the addon manages, and on those of its letters;
        Odoo handles the others. A copy of a letter calls the same methods.

        A letter that holds what opens an account (a password link, the code of a second factor) is
        read by its holder, and by those who may change it.
        """
        records = self.env.get(self.render_model)
        if self.env.su or records is None or not any(res_ids):
            return
        records = records.browse(filter(None, res_ids))
        if records._name == "res.users":
            if self._holds_secret() and (others := records - self.env.user):
                others.check_access("write")
            return
        if records._original_module != MODULE and not self._is_addon_letter():
            records = filter_of_addon(records.exists())
        records.check_access("read")

    def _holds_secret(self):
        """Whether a letter calls a private method of the account it goes to: a link or a code."""
        letter = self.sudo()
        texts = (letter[name] for name in ("subject", "body_html", "body") if name in self._fields)
        return any("._" in str(text or "") for text in texts)

    def _is_addon_letter(self):
        return False


class MailTemplate(models.Model):
    _inherit = "mail.template"

    def _generate_template(self, res_ids, render_fields, *args, **kwargs):
        self._check_letters_read(res_ids)
        return super()._generate_template(res_ids, render_fields, *args, **kwargs)

    def _is_addon_letter(self):
        return self.id in self._get_addon_template_ids()

    @api.model
    @tools.ormcache()
    def _get_addon_template_ids(self):
        """Ids of the templates that the addon ships.

        Cached: each rendered expression of each letter asks for them.
        """
        names = self.env["ir.model.data"].sudo()
        shipped = names.search([("module", "=", MODULE), ("model", "=", self._name)])
        return frozenset(shipped.mapped("res_id"))

    def _send_check_access(self, res_ids):
        """The caller of a template may replace its text and its address."""
        result = super()._send_check_access(res_ids)
        check_can_post(self.env[self.model].browse(res_ids))
        return result

    def send_mail_batch(
        self,
        res_ids,
        force_send=False,
        raise_exception=False,
        email_values=None,
        email_layout_xmlid=False,
    ):
        """Limit the layout and the values of the mail, which any caller chooses."""
        if not self.env.su:
            records = self.env[self.model].browse(res_ids)
            chosen = {"email_layout_xmlid": email_layout_xmlid}
            email_layout_xmlid = keep_layout(records, chosen)["email_layout_xmlid"]
            email_values = {**(email_values or {})}
            email_values.pop("is_organisation_letter", None)
        return super().send_mail_batch(
            res_ids, force_send, raise_exception, email_values, email_layout_xmlid
        )
