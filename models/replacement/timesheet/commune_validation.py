"""A commune decides on a week line by line, and signs: name, function, time, fingerprint."""

import hashlib
import json

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ...core.inside import is_inside
from ...core.text_limits import LENGTHS
from ...network.signatory.signing_act import SigningError


class CommuneReplacementTimesheet(models.Model):
    _inherit = "commune.replacement.timesheet"

    def _submit(self, person):
        """The agent submits the week: the commune may sign hours worked, not hours to come."""
        for sheet in self:
            sheet._lock()
            sheet._expect("draft", "contested")
            if not sheet.line_ids:
                raise UserError(self.env._("No hours were entered for this week."))
            planned = sheet._get_planned(sheet.mission_id, sheet.week_start)
            last = max([*sheet.line_ids.mapped("date"), *planned.mapped("date")])
            if last > sheet._get_today():
                raise UserError(
                    self.env._(
                        "%s is still to come: send the week once its last day is worked.",
                        self.env["commune.letter"]._format_date(last),
                    )
                )
            sheet.line_ids._check_working_time()
            sheet.state = "submitted"
        self._notify_hours_sent()

    def _notify_hours_sent(self):
        """Hours wait for the commune, for the first time or after an answer: it is written to."""
        self.write({"submitted_date": fields.Datetime.now()})
        self._log("submitted")
        if not is_inside(self.env, "no_letters"):
            self._send_letters("mail_template_replacement_timesheet")

    def _back_to_commune(self):
        """Lines that changed after the signature wait for the commune again, and the week for a
        check of them; the other lines keep their validation."""
        for sheet in self.filtered(lambda s: s.state not in ("draft", "submitted")):
            sheet.write({"state": "submitted", "checked_date": False, "checked_by_id": False})

    def _decide(self, decisions, name, read):
        """The commune answers the lines that wait, once, and signs: see `_check_decisions`."""
        self.ensure_one()
        sheet = self.sudo()
        sheet._lock()
        mandate, name, reasons = self._check_decisions(decisions, name, read)
        sheet._record_decisions(reasons)
        sheet._record_signature(name, mandate)

    def _check_decisions(self, decisions, name, read):
        """What the confirmation checks, and the signature again.

        :param decisions: {id of the line: False when it is right, else the objection}
        :param name: as typed by the person who signs
        :param read: print of the hours that this person certifies: `_get_shown_print`
        :return: (mandate, name as it is kept, {line that waits: objection, empty when it is right})
        :raise UserError: a sentence for this person
        """
        mandate = self._get_signing_mandate(self.env.user.partner_id)
        if not mandate:
            raise AccessError(self.env._("Only persons who act for the commune sign its hours."))
        if stop := self._get_signing_stop(mandate):
            raise UserError(stop)
        sheet = self.sudo()
        if sheet.state != "submitted":
            raise UserError(sheet._describe_signed())
        waiting = sheet.line_ids.filtered(lambda line: line.state == "entered")
        if set(waiting.ids) - set(decisions):
            raise UserError(self.env._("Answer every line: right, or not right."))
        reasons = {line: sheet._read_objection(line, decisions[line.id]) for line in waiting}
        return mandate, mandate._check_signing_act(name, read, sheet._get_shown_print()), reasons

    def _read_objection(self, line, objection):
        reason = (objection or "").strip()[: LENGTHS["contest"]]
        if objection is not False and not reason:
            raise SigningError(
                self.env._("%s: say what is not right.", line._format_half_day()),
                f"reason_{line.id}",
            )
        return reason

    def _get_signing_mandate(self, person):
        mandates = self.sudo().commune_id._get_portal_mandates(person)
        return mandates.filtered(lambda m: m.function_id.portal_role == "full")[:1]

    def _get_signing_stop(self, mandate):
        """Why the holder of a mandate cannot sign these hours now; empty otherwise. An agent who is
        also the secretary of the commune does not certify the own hours, which the commune pays;
        nor does a coordinator those that the coordinator sent."""
        self.ensure_one()
        sheet, person = self.sudo(), mandate.partner_id
        if sheet.employee_id._is_person(person):
            return self.env._(
                "These are your own hours: another person who acts for the commune signs them."
            )
        if person._find_same_person(sheet._get_authors("submitted")):
            return self.env._(
                "You sent these hours for the service: another person who acts for the commune"
                " signs them."
            )
        return mandate._get_signing_stop()

    def _describe_signed(self):
        """Why there is nothing to sign: who was faster."""
        self.ensure_one()
        if self.state == "draft" or not self.sign_date:
            return self.env._("The agent has not sent these hours yet.")
        return self.env._(
            "These hours were already signed by %(name)s on %(day)s.",
            name=self.sign_name,
            day=self.env.company._format_document_date(
                self.env.company._get_organisation_date(self.sign_date)
            ),
        )

    def _record_decisions(self, reasons):
        for line, reason in reasons.items():
            line.write(
                {
                    "state": "contested" if reason else "validated",
                    "contest_reason": reason or line.contest_reason,
                }
            )
            if reason:
                self._log("contested", line, note=reason)

    def _record_signature(self, name, mandate):
        """The signature covers all that the commune agrees to, now and before."""
        self.write(
            {
                "sign_name": name,
                "sign_title": mandate.title,
                "sign_date": fields.Datetime.now(),
                "sign_partner_id": mandate.partner_id.id,
            }
        )
        self.sign_hash = self._get_fingerprint()
        self._log("validated", note=f"{name}, {mandate.title}", fingerprint=self.sign_hash)
        self._settle()
        if self.state == "contested":
            self._warn_coordinator()
            self._notify_agent_contested()

    def _settle(self):
        """The step that the lines lead to, once the commune has answered."""
        for sheet in self:
            states = set(sheet.line_ids.mapped("state"))
            if "entered" in states:
                state = "submitted"
            else:
                state = "contested" if "contested" in states else "validated"
            if sheet.state != state:
                sheet.state = state
            if state == "validated" and sheet.checked_date:
                # What was contested is left out: the rest was checked before.
                sheet.state = "checked"
                sheet._refresh_billed()

    def _warn_coordinator(self):
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=self.env._("Hours contested by the commune"),
            user_id=(self.mission_id.user_id or self.env.ref("base.user_root")).id,
        )

    def _get_fingerprint(self):
        """SHA-256 of what the commune agrees to: who worked, when, how far. What it contests is
        corrected afterwards, and takes nothing back from the rest."""
        self.ensure_one()
        lines = [figures for line, figures in self._get_line_figures() if line.state == "validated"]
        return self._make_print(self.sign_name, str(self.sign_date), lines)

    def _get_former_fingerprint(self):
        """As it was taken until 19.0.1.17.0: over all lines, with what was answered to each."""
        lines = [
            [*figures, line.state == "validated"] for line, figures in self._get_line_figures()
        ]
        return self._make_print(self.sign_name, str(self.sign_date), lines)

    def _get_shown_print(self):
        """SHA-256 of the hours as a page shows them: an older page signs nothing."""
        self.ensure_one()
        return self._make_print([[*each, line.state] for line, each in self._get_line_figures()])

    def _get_line_figures(self):
        return [
            (
                line,
                [str(line.date), line.half_day]
                + [round(line.hour_start * 60), round(line.hour_end * 60)]
                + [round(line.km, 1), line.task or ""],
            )
            for line in self.line_ids.sorted(lambda each: (each.date, each.half_day))
        ]

    def _make_print(self, *parts):
        content = json.dumps(
            [self.mission_id.name, str(self.week_start), *parts], ensure_ascii=False
        )
        return hashlib.sha256(content.encode()).hexdigest()

    def _is_signature_intact(self):
        """Whether the hours still match the fingerprint that the commune agreed to."""
        self.ensure_one()
        taken = (self._get_fingerprint(), self._get_former_fingerprint())
        return bool(self.sign_hash) and self.sign_hash in taken

    def _get_letter_person(self):
        """The contact of the mission, as long as there is one, else the commune itself."""
        mission = self.mission_id
        return self.commune_id._get_contact_person(
            mission.contact_id or mission.request_id.requester_id
        )

    def _get_letter_reply(self):
        return self.mission_id._get_coordination_reply()

    def _get_letter_url(self):
        return f"{self.get_base_url()}/my/replacement-hours/{self.id}"
