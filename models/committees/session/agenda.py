"""The agenda: communes propose items until a date, the chair approves, then nothing moves."""

import secrets

from markupsafe import Markup, escape

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

from ...core.private_link import TOKEN_BYTES, find_by_token

# What the chair approved: a change of these withdraws the approval.
APPROVED_FIELDS = {"name", "kind", "state", "rapporteur_id", "description", "document_ids"}


class CommuneSession(models.Model):
    _inherit = "commune.session"

    agenda_token = fields.Char(readonly=True, copy=False, groups="base.group_system")
    agenda_asked_date = fields.Datetime(string="Approval asked for on", readonly=True, copy=False)
    proposed_count = fields.Integer(compute="_compute_proposed_count")
    _agenda_token_uniq = models.UniqueIndex(
        "(agenda_token) WHERE agenda_token IS NOT NULL", "Two links cannot be the same."
    )

    @api.depends("item_ids.state")
    def _compute_proposed_count(self):
        for session in self:
            session.proposed_count = len(
                session.item_ids.filtered(lambda item: item.state == "proposed")
            )

    # the call for items

    def _is_open_to_items(self):
        """Whether a commune may still propose an item."""
        self.ensure_one()
        today = self._to_local_day(fields.Datetime.now())
        return bool(
            self.active
            and self.items_open
            and self.state == "draft"
            and self.items_deadline
            and self.items_deadline >= today
            and self.date >= today
        )

    def _propose_item(self, commune, person, title, text="", kind="debate"):
        """A commune proposes an item: it waits for the secretary to keep it.

        :param commune: in whose name (res.partner)
        :param person: who proposes (res.partner)
        :return: the item, as superuser
        """
        self.ensure_one()
        commune._check_portal_role(person)
        session = self.sudo()
        if session not in commune.env["commune.portal.page"]._get_open_calls(commune, person):
            raise UserError(self.env._("The call for items of this session is closed."))
        kinds = dict(session.committee_id._get_item_kinds())
        item = session.item_ids.create(
            {
                "session_id": session.id,
                "name": title,
                "kind": kind if kind in kinds else "debate",
                "description": plaintext2html(text) if text else False,
                "state": "proposed",
                "sequence": 1000,
                "proposed_by_id": commune.id,
                "proposed_person_id": person.id,
                "proposed_date": fields.Datetime.now(),
            }
        )
        session._message_log(
            body=self.env._(
                "Item proposed by %(person)s (%(commune)s): %(title)s",
                person=person.name,
                commune=commune.name,
                title=title,
            )
        )
        session._notify_secretary(
            "session_item", self.env._("Item proposed: %s", title), about=title
        )
        return item

    def _notify_secretary(self, kind, summary, note="", day=None, about=""):
        """Schedule one activity for the secretary; an identical one is not repeated.

        :param kind: activity type; `about`: see `_schedule_once`
        :param note: a text (names are as people typed them), or Markup
        """
        values = {"summary": summary, "note": escape(note), "commune_about": about}
        day = day or self.env.company._get_today()
        self._notify_secretaries(kind, lambda _session: {**values, "date_deadline": day})

    def _notify_secretaries(self, kind, prepare):
        """The same, with words of its own for each session, all at once.

        :param prepare: function of a session: the values of its activity, without its user
        """
        manager = self.env["res.users"]._get_organisation_manager()
        self.sudo()._schedule_each(
            kind,
            lambda session: {
                **prepare(session),
                "user_id": (session.secretary_id or manager).id,
            },
        )

    # the approval of the chair

    def _check_agenda_complete(self):
        for session in self:
            if session.state != "draft":
                raise UserError(
                    self.env._("The agenda of %s is already approved.", session.display_name)
                )
            if not session._get_agenda():
                raise UserError(
                    self.env._("%s has no item on its agenda yet.", session.display_name)
                )

    def action_ask_approval(self):
        """Write to the chair, with a link that needs no account."""
        self.check_access("write")
        self._check_agenda_complete()
        for session in self.sudo():
            if not session.chair_id.email_normalized:
                raise UserError(
                    self.env._(
                        "The chair has no e-mail address: give one, or note the approval"
                        " yourself with “Approved by the chair”."
                    )
                )
            session.agenda_token = secrets.token_urlsafe(TOKEN_BYTES)
            session._send_letters("mail_template_agenda_approval")
            session.agenda_asked_date = fields.Datetime.now()
            session._message_log(
                body=self.env._("Approval of the agenda asked of %s.", session.chair_id.name)
            )

    def _get_agenda_link(self):
        """Link in the letter to the chair: see `commune.private.link`."""
        return self._get_link_place("agenda")

    def _get_secret_address(self, name, person, email):
        if name != "agenda" or person != self.chair_id or not self.agenda_token:
            return ""
        return f"{self.get_base_url()}/session-agenda/{self.agenda_token}"

    def _get_letter_person(self):
        """The letters of a session itself are for its chair."""
        return self.chair_id

    @api.model
    def _find_by_agenda_token(self, token):
        """The session whose agenda a link approves, as superuser; empty when it opens nothing."""
        found = find_by_token(self, "agenda_token", token)
        return found if found and found._is_chaired() else found.browse()

    def _is_chaired(self):
        """Whether the link of the chair still opens the session.

        A seat on the committee ends with the mandate. A chair without a seat, or whose seat comes
        from the chair alone, keeps access while the session names this chair and while the mandate
        in the place of the committee lasts (staff of the organisation hold none)."""
        self.ensure_one()
        session = self.sudo().with_context(active_test=False)
        seats = session.committee_id.member_ids.filtered(
            lambda member: member.partner_id == session.chair_id and not member.is_chair_seat
        )
        if not seats:
            place, chair = session.place_id, session.chair_id
            return not place or place._get_contact_person(chair) == chair
        return bool(seats.filtered_domain(seats._get_in_force_domain()))

    def _close_former_chair_link(self, vals):
        """Another chair: the link that was sent to the former one opens nothing any more."""
        for session in self.sudo():
            if session.agenda_token and session.chair_id.id != vals["chair_id"]:
                session.agenda_token = False

    def action_approve_agenda(self):
        """The chair approves, or somebody of the organisation notes that he or she did."""
        self.check_access("write")
        for session in self:
            session._approve_agenda(self.env.user.partner_id)

    def _approve_agenda(self, author, by_link=False):
        """:param author: who approves (res.partner): the chair, or the user who records it"""
        self.ensure_one()
        self.check_access("write")
        self._check_agenda_complete()
        chair = self.chair_id or author
        session = self.sudo()  # the chair approves by a link, without an account
        session.write(
            {
                "state": "agenda",
                "agenda_approved_by_id": chair.id,
                "agenda_approved_date": fields.Datetime.now(),
            }
        )
        if by_link:
            text = self.env._("Agenda approved by %s, by the personal link.", chair.name)
        elif author == chair:
            text = self.env._("Agenda approved by %s.", chair.name)
        else:
            text = self.env._(
                "Agenda approved by %(chair)s, noted by %(author)s.",
                chair=chair.name,
                author=author.name,
            )
        session._message_log(body=text, author_id=author.id)

    def _reject_agenda(self, reason):
        """Notify the secretary that the chair asks for a change."""
        self.ensure_one()
        self.check_access("write")
        self.sudo()._message_log(
            body=self.env._(
                "%(chair)s asks for changes: %(reason)s", chair=self.chair_id.name, reason=reason
            ),
            author_id=self.chair_id.id,
        )
        note = Markup("<p>%s</p>") % reason
        summary = self.env._("Agenda to change before approval")
        self._notify_secretary("session_agenda", summary, note)

    def _withdraw_approval(self):
        """Withdraw the approval of an agenda that has changed: it has to be approved again.

        Once the notice is sent, the history of the session records the change instead."""
        sessions = self.sudo()  # nobody types the state of an agenda
        for session in sessions.filtered(lambda s: s.state == "convened"):
            session._message_log(
                body=self.env._("The agenda was changed after the notice was sent.")
            )
        for session in sessions.filtered(lambda s: s.state == "agenda"):
            session.write(
                {"state": "draft", "agenda_approved_by_id": False, "agenda_approved_date": False}
            )
            session._message_log(
                body=self.env._("The agenda was changed: the chair has to approve it again.")
            )

    def action_reopen_agenda(self):
        """Change the agenda again before the notice leaves."""
        self.check_access("write")
        self._withdraw_approval()


class CommuneSessionItem(models.Model):
    _inherit = "commune.session.item"

    @api.model_create_multi
    def create(self, vals_list):
        items = super().create(vals_list)
        items.filtered(lambda i: i.state == "kept").session_id._withdraw_approval()
        return items

    def write(self, vals):
        changed = self.browse()
        approved = APPROVED_FIELDS & set(vals)
        if vals.get("state") == "treated":  # followed, not changed
            approved -= {"state"}
        if approved:
            changed = self.filtered(lambda i: "kept" in (i.state, vals.get("state")))
        result = super().write(vals)
        changed.session_id._withdraw_approval()
        return result

    def unlink(self):
        sessions = self.filtered(lambda i: i.state == "kept").session_id
        result = super().unlink()
        sessions._withdraw_approval()
        return result
