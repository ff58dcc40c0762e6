"""Certificate of attendance: who may receive one, and its number."""

from odoo import fields, models
from odoo.exceptions import UserError

from ...core.attach import PDF, attach_files


class EventRegistration(models.Model):
    _inherit = "event.registration"

    certificate_number = fields.Char(readonly=True, copy=False)
    _certificate_uniq = models.UniqueIndex(
        "(certificate_number) WHERE certificate_number IS NOT NULL",
        "This number is that of another certificate.",
    )

    def _check_certificate(self):
        """Anyone who was not there, or not at a training, has no certificate."""
        for registration in self:
            if registration.event_id.kind != "training":
                raise UserError(
                    self.env._("Only an accredited training gives a certificate of attendance.")
                )
            registration.event_id._check_begun()
            if not registration._has_certificate():
                raise UserError(
                    self.env._(
                        "%s is not noted as present: there is no certificate.", registration.name
                    )
                )

    def _has_certificate(self):
        """Whether this person's presence at a training gives a certificate."""
        self.ensure_one()
        return self.event_id.kind == "training" and bool(self.attended_half_days)

    def _number_certificates(self):
        """Give a number to those that have none; it stays whatever is printed again."""
        sequence = self.env["ir.sequence"]
        for registration in self.filtered(lambda r: not r.certificate_number).sorted("id"):
            registration.sudo().certificate_number = sequence._next_of_year(
                "commune.training.certificate"
            )

    def action_print_certificate(self):
        self._check_certificate()
        return self.env.ref("commune_relations.certificate_report").report_action(self)

    def _render_certificate(self):
        """The certificate as a PDF, in the language of the person."""
        self.ensure_one()
        report = self.env["ir.actions.report"].with_context(
            lang=self._get_letter_lang(), force_report_rendering=True
        )
        return report._render_qweb_pdf("commune_relations.certificate_report", self.ids)[0]

    def _make_certificate_attachment(self):
        """The certificate as a file; none for whom there is none."""
        self.ensure_one()
        if not self._has_certificate():
            return self.env["ir.attachment"]
        content = self._render_certificate()
        return attach_files(self, [(f"{self.certificate_number}.pdf", content, PDF)])


class EventEvent(models.Model):
    _inherit = "event.event"

    def action_print_sheet(self):
        self.ensure_one()
        self.check_access("read")
        return self.env.ref("commune_relations.attendance_sheet_report").report_action(self)

    def action_print_certificates(self):
        self.ensure_one()
        self._check_begun()
        present = self.registration_ids.filtered("attended_half_days")
        if not present:
            raise UserError(self.env._("Nobody is noted as present: check the attendance first."))
        return present.action_print_certificate()

    def action_check_in(self):
        """The page of the check-in, made for a phone."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/commune/check-in/{self.id}",
            "target": "self",
        }
