"""After a renewal of the councils: a commune is the same legal person, its agreements go on.

Only those whose own clause ends them with the councils are to be signed again; for the others, a
new mayor receives the list of what is in force."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...core.display_notification import display_notification
from ...core.row_lock import lock_rows
from ...territory.mandate.mandate import CURRENT
from .agreement import RUNNING

MOST_LETTERS = 200
IN_FORCE = "mail_template_agreement_in_force"


class Agreement(models.Model):
    _inherit = "agreement"

    ends_with_term = fields.Boolean(
        string="Ends with the councils",
        tracking=True,
        help="The convention says itself that it ends when the councils are renewed. Otherwise a"
        " renewal changes nothing: the commune and the intercommunality stay bound.",
    )
    term_ended = fields.Boolean(
        string="To sign again after the election",
        compute="_compute_term_ended",
        search="_search_term_ended",
        help="In force, signed before the last renewal of the councils, and ends with it by its own"
        " clause.",
    )
    new_mayor = fields.Boolean(
        string="The mayor came after the signature",
        compute="_compute_new_mayor",
        search="_search_new_mayor",
    )

    @api.depends("state", "signature_date", "ends_with_term")
    def _compute_term_ended(self):
        renewal = self.env.company.last_renewal_date
        for agreement in self:
            signed = agreement.signature_date
            agreement.term_ended = bool(
                agreement.ends_with_term
                and agreement.state in RUNNING
                and signed
                and renewal
                and signed < renewal
            )

    def _search_term_ended(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        renewal = self.env.company.last_renewal_date
        if not renewal:
            return Domain.FALSE
        return (
            Domain("ends_with_term", "=", True)
            & Domain("state", "in", RUNNING)
            & Domain("signature_date", "<", renewal)
        )

    @api.depends("state", "signature_date", "commune_id.mayor_id")
    def _compute_new_mayor(self):
        since = self._get_mayors_since()
        for agreement in self:
            day, signed = since.get(agreement.commune_id.id), agreement.signature_date
            agreement.new_mayor = bool(
                agreement.state in RUNNING and signed and day and signed < day
            )

    def _search_new_mayor(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        running = self.sudo().search(
            Domain("commune_id", "!=", False) & Domain("state", "in", RUNNING)
        )
        return Domain("id", "in", running.filtered("new_mayor").ids)

    def _get_mayors_since(self):
        """{commune id: day on which its mayor took up the function}, one query."""
        self = self.sudo()  # days alone, of mandates that the reader may not open
        mandates = self.env["commune.mandate"]
        found = mandates.search(
            Domain(CURRENT)
            & Domain("commune_id", "in", self.commune_id.ids)
            & Domain("function_id.code", "=", "mayor")
        )
        return {m.commune_id.id: m.function_date or m.date_start for m in found}

    def action_notify_in_force(self):
        """Write to those who act for the communes what is in force.

        One letter per commune, and not twice on the same day."""
        self.check_access("write")
        chosen = self.filtered("commune_id").grouped("commune_id").values()
        if len(chosen) > MOST_LETTERS:
            raise UserError(self.env._("At most %s communes at once.", MOST_LETTERS))
        # The letter of a commune has the same agreement as its record, whichever was selected.
        oldest = [conventions[0]._get_in_force()[:1].id for conventions in chosen]
        firsts = self.browse(filter(None, oldest))
        pack = self.env["commune.agreement.pack"]
        people = pack._get_acting_people(firsts)
        deaf = firsts.filtered(lambda a: not people[a.id])
        if not firsts - deaf:
            raise UserError(
                pack._get_deaf_sentence(deaf) if deaf else self.env._("Nothing is in force there.")
            )
        lock_rows(firsts)
        written = (firsts - deaf)._filter_unwritten(IN_FORCE)
        pack._write_to_acting_people(written, IN_FORCE)
        message = self.env._("Written to the communes: %s.", len(written))
        if deaf:
            message = f"{message} {pack._get_deaf_sentence(deaf)}"
        return display_notification(message, deaf)

    def _get_in_force(self):
        """The agreements and amendments in force of the commune, oldest first, as superuser."""
        self.ensure_one()
        found = self.sudo().search(
            Domain("commune_id", "=", self.commune_id.id) & Domain("state", "in", RUNNING)
        )
        return found.sorted(lambda a: (a.start_date or self.env.company._get_today(), a.id))
