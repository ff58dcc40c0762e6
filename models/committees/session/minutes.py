"""Minutes by item: a first text from what was noted in session, then versions that stay."""

import base64

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import html2plaintext

from ...core.display_notification import display_sent_notification
from ...core.row_lock import lock_rows
from .states import HELD


class CommuneSession(models.Model):
    _inherit = "commune.session"

    minutes_prepared = fields.Boolean(compute="_compute_minutes_prepared", groups="base.group_user")
    minutes_state = fields.Selection(
        [("soon", "To send"), ("late", "Late"), ("sent", "Sent")],
        string="Minutes (delay)",
        compute="_compute_minutes_state",
    )

    @api.depends("minutes_html")
    def _compute_minutes_prepared(self):
        for session in self:
            text = html2plaintext(session.minutes_html or "")
            session.minutes_prepared = bool(text.strip())

    @api.depends("minutes_deadline", "minutes_sent_date", "state")
    def _compute_minutes_state(self):
        today = self.env.company._get_today()
        for session in self:
            late = session.minutes_deadline and session.minutes_deadline < today
            to_send = "late" if late else "soon"
            session.minutes_state = (
                "sent" if session.minutes_sent_date else session.state == "held" and to_send
            )

    def _freeze_corrected_minutes(self, vals):
        """Minutes that the members have are not changed behind their back: a correction is
        another version, the one they have stays as it is."""
        known = {session: session.minutes_html for session in self if session.minutes_sent_date}
        yield
        for session, before in known.items():
            if session.minutes_html != before:
                session.env["commune.session.minutes"]._freeze_minutes(session, "corrected")

    def action_prepare_minutes(self):
        """Write the first text of the minutes from the notes, or write it again."""
        self.check_access("write")
        for session in self:
            if session.state != "held":
                raise UserError(
                    self.env._(
                        "The %(minutes)s are prepared after the session and before they leave.",
                        minutes=session._get_minutes_word(),
                    )
                )
            session.minutes_html = self.env["commune.session.minutes"]._render_minutes(session)
        return True

    def _is_council(self):
        """Whether these are the minutes of a council, named and signed under CGCT, L.2121-15."""
        return self.committee_kind == "council"

    def _get_minutes_name(self):
        """Name of the minutes, on the document and beside it."""
        return self.env._("Official minutes") if self._is_council() else self.env._("Minutes")

    def _get_minutes_word(self):
        """The same within a sentence."""
        name = self._get_minutes_name()
        return f"{name[0].lower()}{name[1:]}"

    def _with_organisation_lang(self):
        """What is kept or sent is written in the language of the organisation, no matter who
        presses."""
        return self.with_context(lang=self.env.company._get_organisation_lang())

    def _render_document(self, report):
        """A document of the session in French, as bytes; asked as superuser.

        :param report: name of a report of this addon
        """
        self.ensure_one()
        reports = self._with_organisation_lang().env["ir.actions.report"]
        content, _kind = reports._render_qweb_pdf(f"commune_relations.{report}", self.ids)
        return content

    def action_approve_minutes(self):
        """The next session of the committee approves: this version does not change any more."""
        self.check_access("write")
        minutes = self.env["commune.session.minutes"]
        for session in self:
            minutes._check_minutes(session)
            if session.state != "minutes_sent":
                raise UserError(
                    self.env._(
                        "The members approve %(minutes)s that they have received.",
                        minutes=session._get_minutes_word(),
                    )
                )
            minutes._approve_minutes(session, minutes._find_approving_session(session))
        return True

    # The minutes and the record of decisions leave, to every member, as a service message.

    def action_send_minutes(self):
        """Send the minutes to the members, and publish the decisions to the communes."""
        self.check_access("write")
        minutes = self.env["commune.session.minutes"]
        minutes._check_minutes(self)
        for session in self:
            if session.state != "held":
                raise UserError(
                    self.env._(
                        "The %(minutes)s of this session were sent already.",
                        minutes=session._get_minutes_word(),
                    )
                )
            session._check_sitting_secretary()  # presences may be noted after the name
            missing = minutes._send_minutes(session)
        return minutes._describe_minutes_sent(self, missing)

    @api.model
    def _remind_minutes(self):
        """Remind the secretary once, on the last day of the organisation's deadline."""
        sessions = self.search([("state", "=", "held"), ("minutes_deadline", "<=", "today")])
        lang_env = sessions._with_organisation_lang().env
        sessions._notify_secretaries(
            "session_minutes",
            lambda session: {
                "summary": lang_env._(
                    "%(minutes)s to send", minutes=session.with_env(lang_env)._get_minutes_name()
                ),
                "note": self.env._(
                    "The organisation sends them within %(days)s working days: by %(day)s.",
                    days=session.committee_id.minutes_days,
                    day=self.env["commune.letter"]._format_date(session.minutes_deadline),
                ),
                "date_deadline": session.minutes_deadline,
            },
        )
        return sessions


class CommuneSessionMinutes(models.AbstractModel):
    _name = "commune.session.minutes"
    _description = "Minutes of a session, prepared, sent and approved"

    def _render_minutes(self, held_session):
        held_session.ensure_one()
        # Names of persons whom the secretary may not open.
        session = held_session.sudo()._with_organisation_lang()
        return session.env["ir.qweb"]._render(
            "commune_relations.session_minutes_body",
            session.env["commune.session.minutes"]._get_minutes_values(session),
        )

    # versions

    def _freeze_minutes(self, held_session, kind):
        """Keep the minutes as they are now, with the PDF and its fingerprint.

        :return: the version
        """
        held_session.ensure_one()
        session = held_session.sudo()._with_organisation_lang()
        lock_rows(session)  # two versions at once: each has a number of its own
        content = session._render_document("session_minutes_report")
        versions = session.version_ids
        return versions.create(
            {
                "session_id": session.id,
                "number": max(versions.mapped("number"), default=0) + 1,
                "kind": kind,
                "author_id": self.env.uid,
                "html": session.minutes_html,
                "pdf": base64.b64encode(content),
                "filename": f"{session._get_minutes_name()} {session.committee_id._get_label()}"
                f" {session.date:%Y-%m-%d}.pdf",
                "sha256": versions._get_hash(content),
            }
        )

    def _check_minutes(self, sessions):
        for session in sessions:
            if session.state not in HELD:
                raise UserError(self.env._("This session has not been held yet."))
            if not session.minutes_prepared:
                raise UserError(
                    self.env._(
                        "The %(minutes)s are empty: prepare them from the notes first.",
                        minutes=session._get_minutes_word(),
                    )
                )

    def _find_approving_session(self, session):
        session.ensure_one()
        later = session.search(
            [
                ("committee_id", "=", session.committee_id.id),
                ("date_begin", ">", session.date_begin),
                ("state", "in", HELD),
            ],
            order="date_begin",
            limit=1,
        )
        if not later:
            raise UserError(
                self.env._(
                    "The %(minutes)s are approved by the next session of the committee: open that"
                    " one first.",
                    minutes=session._get_minutes_word(),
                )
            )
        return later

    def _approve_minutes(self, session, later):
        """:param later: session that approves"""
        session.ensure_one()
        approved = session.sudo()
        approved.write(
            {
                "state": "approved",
                "minutes_approved_date": later.date,
                "minutes_approved_session_id": later.id,
            }
        )
        version = self._freeze_minutes(session, "approved")
        approved._message_log(
            body=self.env._(
                "%(minutes)s approved by the session of %(day)s: version %(number)s,"
                " SHA-256 %(hash)s.",
                minutes=session._get_minutes_name(),
                day=self.env["commune.letter"]._format_date(later.date),
                number=version.number,
                hash=version.sha256,
            )
        )

    def _send_minutes(self, held_session):
        """:return: members without an address"""
        held_session.ensure_one()
        session = held_session.sudo()
        # Written first: the PDF shows the date of sending.
        session.write({"state": "minutes_sent", "minutes_sent_date": fields.Datetime.now()})
        session.decision_ids._publish()
        # The version is that of the user who sends.
        version = self._freeze_minutes(held_session, "sent")
        minutes = session.env["commune.session.minutes"]
        attachments = minutes._make_minutes_attachments(session, version)
        lines = session.attendance_ids
        silent = lines.filtered(lambda line: not line.partner_id.email_normalized)
        (lines - silent)._send_letters("mail_template_session_minutes", attachments)
        if silent:
            session._notify_secretary(
                "session_minutes_unreached",
                self.env._(
                    "%(minutes)s to hand over otherwise: no e-mail address",
                    minutes=held_session._get_minutes_name(),
                ),
                ", ".join(silent.partner_id.mapped("name")),
            )
        session._finish_asked("session_minutes")
        return silent

    def _make_minutes_attachments(self, session, version):
        """The two documents that the letter carries: the minutes are the bytes of the version."""
        session.ensure_one()
        files = [(version.filename, version.pdf)]
        if session.decision_ids:
            name = session._get_record_name()
            files.append(
                (
                    f"{name}.pdf",
                    base64.b64encode(session._render_document("session_decisions_report")),
                )
            )
        return self.env["ir.attachment"].create(
            [
                {
                    "name": name,
                    "datas": content,
                    "mimetype": "application/pdf",
                    "res_model": session._name,
                    "res_id": session.id,
                }
                for name, content in files
            ]
        )

    def _describe_minutes_sent(self, session, missing):
        message = self.env._(
            "%(minutes)s sent to %(count)s members.",
            minutes=session[:1]._get_minutes_name(),
            count=len(session.attendance_ids - missing),
        )
        return display_sent_notification(message, missing.partner_id)


class CommuneSessionVersion(models.Model):
    _inherit = "commune.session.version"

    kind = fields.Selection(
        selection_add=[("corrected", "Corrected afterwards")], ondelete={"corrected": "cascade"}
    )
