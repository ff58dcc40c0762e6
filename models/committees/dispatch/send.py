"""Dispatch to every municipal councillor of the member communes of what sessions produced.

CGCT, L.5211-40-2: the councillors who do not sit on the assembly of the intercommunality receive
the notice with its explanatory note, then within a month the list of the deliberations and the
minutes; all of them, those who sit included, the opinions of the conference of mayors. The
documents are sent electronically."""

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ....engine.mail.failure import FINAL
from ...core.display_notification import display_notification
from ...core.mail_delivery.unwritten import describe_sending
from ...core.row_lock import lock_rows
from ...core.window_actions import open_action
from ...territory.mandate.mandate import CURRENT


class CommuneDispatch(models.Model):
    _inherit = "commune.dispatch"

    def _get_letters_owner(self):
        user = self.session_id.secretary_id
        return user if user.active else super()._get_letters_owner()

    def _get_letters_deadline(self):
        return self.deadline

    def _get_letter_subject(self):
        self.ensure_one()
        return self.env._(
            "%(documents)s: %(committee)s, %(day)s",
            documents=self._get_kind_label(),
            committee=self.session_id._get_title(),
            day=self.session_id._get_letter_day(),
        )

    # sending

    def action_send(self):
        """Write to every councillor to whom it is due; nobody receives it twice."""
        self.check_access("write")
        for dispatch in self.sudo():  # nobody adds a line by hand
            if not dispatch.document_ids:
                raise UserError(self.env._("Add the documents that the councillors receive."))
            lock_rows(dispatch)  # two presses at once: the second finds them added
            dispatch._add_councillors()
            dispatch._send_lines(dispatch.line_ids.filtered(lambda line: line.state == "waiting"))
        return self._describe_dispatched()

    def action_send_again(self):
        """Write again to those who did not receive it: the letter was given up, or their address
        is mended."""
        self.check_access("write")
        for dispatch in self.sudo():
            dispatch._send_lines(
                dispatch.line_ids.filtered(
                    lambda line: (
                        line.state == "unsent"
                        or (
                            line.state in ("missing", "bounced")
                            and line.partner_id.email_normalized
                            and line.partner_id.email != line.email
                        )
                    )
                )
            )
        return self._describe_dispatched()

    def _add_councillors(self):
        """One line for each person, by the mandate in a member commune.

        Members of the assembly of the intercommunality have its documents already, not the opinions
        of the mayors."""
        self.ensure_one()
        session = self.session_id
        if not session.place_id.is_epci:
            raise UserError(
                self.env._("Only the sessions of an intercommunality are sent to other councils.")
            )
        communes = session.place_id._get_members()
        known = self.line_ids.partner_id
        if self.kind != "opinion":
            sitting = session.place_id._get_current_mandates(Domain("kind", "=", "elected"))
            known |= session.attendance_ids.partner_id | sitting.partner_id
        mandates = self.env["commune.mandate"].search(
            [
                ("commune_id", "in", communes.ids),
                ("kind", "=", "elected"),
                ("active", "=", True),
                *CURRENT,
                ("partner_id", "not in", known.ids),
            ]
        )
        by_person = {mandate.partner_id.id: mandate for mandate in reversed(mandates)}
        return self.env["commune.dispatch.line"].create(
            [{"dispatch_id": self.id, "mandate_id": mandate.id} for mandate in by_person.values()]
        )

    def _send_lines(self, lines):
        """The same number of queries for ten councillors and for a thousand."""
        self.ensure_one()
        now = fields.Datetime.now()
        reached = lines.filtered("partner_id.email_normalized")
        (lines - reached).write({"state": "missing", "email": False})
        for line in reached:
            line.email = line.partner_id.email
        reached.write({"state": "queued", "sent_at": False, "bounced_at": False})
        reached._send_letters("mail_template_dispatch", self.document_ids, may_wait=True)
        if not self.sent_at:
            self.write({"sent_at": now, "sent_by_id": self.env.uid})
        asked = self.session_id
        if self.kind == "activity":  # once a year, on whichever sitting it was asked for
            asked = asked.committee_id.session_ids
        asked._finish_asked(f"dispatch_{self.kind}")

    def _describe_dispatched(self):
        dispatch = self[:1]
        queued = dispatch.line_ids.filtered(lambda line: line.state == "queued")
        values = {"queued": len(queued), "missing": dispatch.missing_count}
        message = self.env._("Being sent: %(queued)s. Without an address: %(missing)s.", **values)
        message = describe_sending(self.env, message, len(queued))
        return display_notification(message, dispatch.missing_count)

    def action_open_missing(self):
        """Those who have no address, commune by commune."""
        self.ensure_one()
        self.check_access("read")
        return open_action(
            self,
            "commune_dispatch_line_action",
            [("dispatch_id", "=", self.id)],
            context={"search_default_unreached": 1, "search_default_group_commune": 1},
        )

    def action_print_log(self):
        self.ensure_one()
        self.check_access("read")
        return self.env.ref("commune_relations.dispatch_log_report").report_action(self)


class CommuneDispatchLine(models.Model):
    _inherit = "commune.dispatch.line"

    def _get_reply_to(self):
        return self.session_id[:1]._get_reply_to()

    def _message_receive_bounce(self, email, partner):
        """The letter came back: this councillor has not received it."""
        result = super()._message_receive_bounce(email, partner)
        self.sudo().write({"state": "bounced", "bounced_at": fields.Datetime.now()})
        return result

    def _after_letters_sent(self, letters):
        for moment, same in letters.grouped("left_at").items():
            lines = self.browse(same.mapped("res_id"))
            lines.write({"state": "sent", "sent_at": moment, "bounced_at": False})

    def _after_letters_failed(self, letters):
        refused = letters.filtered(lambda one: one.reason in FINAL)
        now = fields.Datetime.now()
        self.browse(refused.mapped("res_id")).write({"state": "bounced", "bounced_at": now})
        self.browse((letters - refused).mapped("res_id")).state = "unsent"
