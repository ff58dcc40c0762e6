"""The page of one request on the portal: what is shown, what may be done at each step."""

from markupsafe import Markup

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import html2plaintext

from ....engine.text import with_detail
from ....engine.text.initials import get_initials
from ...core.file_description import human_size
from ..stage import CLOSED_KINDS

STEPS = ("received", "in_progress", "answered", "closed")
REACHED = {
    "received": 0,
    "in_progress": 1,
    "waiting": 1,
    "to_validate": 1,
    "answered": 2,
    "closed": 3,
    "rerouted": 3,
    "cancelled": 3,
}
FINISHED = ("answered", "rerouted")
# Events of the same minute are displayed in this order.
CHANNELS = ("web", "email", "phone")


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    @api.model
    def _find_for_portal(self, ticket_id):
        """The request of this id when the current user may see it, else empty, without
        revealing whether it exists."""
        found = self.browse(ticket_id).exists()._filtered_access("read")
        return found._filter_managed().filtered("active")


class CommuneRequestPortal(models.AbstractModel):
    _name = "commune.request.portal"
    _description = "Requests on the portal: their page, list and form, what a commune does there"

    def _get_portal_page(self, demand):
        """Values of the page, for anyone who may read the request."""
        demand.ensure_one()
        demand.check_access("read")
        ticket, person = demand.sudo(), self.env.user.partner_id
        return {
            **self._get_portal_row(ticket),
            "kind": ticket.stage_kind,
            "question": ticket.description,
            "topic": ticket.topic_id.name,
            "steps": self._get_portal_steps(ticket),
            "facts": self._get_portal_facts(ticket),
            "urgency": self._get_portal_urgency(ticket),
            "is_urgent": ticket.priority in ("2", "3"),
            "requester_title": ticket.partner_title,
            "is_mine": ticket.partner_id == person,
            "in_charge": self._get_portal_person(ticket),
            "outside": ticket.topic_id and ticket.topic_id._get_portal_outside(ticket.commune_id),
            "files": self._get_portal_files(ticket, ticket.commune_file_ids),
            "timeline": self._get_portal_timeline(ticket),
            "answer": self._get_portal_answer_block(ticket),
            "messages": self._get_portal_messages(ticket),
            "rating": self._get_portal_rating(ticket),
            **self._get_portal_rights(ticket),
        }

    def _get_portal_rights(self, ticket):
        """What the current user may do now: staff only look at what the commune sees.

        :param ticket: as superuser
        """
        ticket.ensure_one()
        user = self.env.user
        acts = user.share
        kind = ticket.stage_kind
        return {
            "can_post": acts and kind not in CLOSED_KINDS,
            "can_close": acts and kind in FINISHED,
            "can_reopen": acts and kind in FINISHED,
            "can_cancel": acts and kind == "received" and ticket.partner_id == user.partner_id,
            "can_rate": acts and kind == "closed" and not self._get_portal_rating(ticket),
        }

    def _get_portal_steps(self, ticket):
        """The four steps, those passed, and the current user."""
        reached = REACHED.get(ticket.stage_kind, 0)
        last = self._get_portal_state(ticket)["label"] if ticket.stage_kind in CLOSED_KINDS else ""
        labels = {
            "received": self.env._("Received"),
            "in_progress": self.env._("In progress"),
            "answered": self.env._("Answered"),
            "closed": last or self.env._("Closed"),
        }
        skipped = ticket.stage_kind == "cancelled"
        return [
            {
                "label": labels[step],
                "done": rank < reached and not (skipped and rank),
                "current": rank == reached,
                "note": self._get_portal_step_note(ticket) if rank == reached else "",
            }
            for rank, step in enumerate(STEPS)
        ]

    def _get_portal_step_note(self, ticket):
        if ticket.stage_kind == "waiting":
            return self.env._("Waiting for your answer")
        if ticket.stage_kind == "to_validate":
            return self.env._("The answer is being read again before it is sent")
        return ""

    def _get_portal_person(self, ticket):
        """Who is in charge, with a way to reach them: a person who can log in, else the desk.

        :param ticket: as superuser
        """
        user = ticket.user_id.filtered("active")
        desk = ticket.company_id._get_desk_card()
        if not user:
            return desk
        return {
            "user_id": user.id,
            "name": user.name,
            "initials": get_initials(user.name),
            "has_photo": bool(user._find_interlocutor(user.id)) and user._has_commune_photo(),
            "function": user.partner_id.function,
            "phone": user.partner_id.phone or desk["phone"],
            "email": "" if user.partner_id.phone or desk["phone"] else desk["email"],
            "team": ticket.team_id._get_shown_team().complete_name,
        }

    def _get_portal_answer(self, ticket):
        """What the commune was answered last, when the request was opened again since.

        :return: dict `body` (html), `attachments` (ir.attachment), `date`, `author`, `is_former`;
            or False
        """
        if not ticket.answer_sent_date:
            return False
        return {
            "body": Markup(ticket.answer_sent_html or ""),  # nosec B704: cleaned as written
            "attachments": ticket.env["ir.attachment"],
            "date": self._format_portal_datetime(ticket, ticket.answer_sent_date),
            "author": ticket.answer_sent_user_id.name,
            "is_former": True,
        }

    def _get_portal_answer_block(self, ticket):
        answer = self._get_portal_answer(ticket)
        return answer and {**answer, "files": self._get_portal_files(ticket, answer["attachments"])}

    # exchange

    def _get_portal_messages(self, ticket):
        """What the commune and its interlocutors wrote to each other, oldest first; the answer
        has its own block."""
        answer = html2plaintext(ticket.answer_sent_html or "")
        Message = ticket.env["mail.message"]
        found = Message.search(self._get_portal_message_domain(ticket), order="id")
        return [
            {
                "author": self._get_portal_author(ticket, message),
                "is_commune": not message.author_id.user_ids.filtered(lambda u: not u.share),
                "date": self._format_portal_datetime(ticket, message.date),
                "body": message.body,
                "files": self._get_portal_files(ticket, message.attachment_ids),
            }
            for message in found
            if not answer or html2plaintext(message.body) != answer
        ]

    def _get_portal_author(self, ticket, message):
        """Who wrote; what the machine wrote is signed by anyone who is in charge."""
        if message.author_id == self.env.ref("base.partner_root"):
            return self._get_portal_person(ticket)["name"]
        return message.author_id.name or message.email_from or ""

    def _get_portal_message_domain(self, ticket):
        """Messages of people meant for the commune: no internal note, no log."""
        return (
            Domain("model", "=", ticket._name)
            & Domain("res_id", "=", ticket.id)
            & Domain("message_type", "in", ("comment", "email"))
            & self.env["mail.message"]._get_search_domain_share()
        )

    # files

    def _get_portal_files(self, ticket, attachments):
        return [
            {
                "name": file.name,
                "url": f"{ticket.access_url}/file/{file.id}",
                "size": human_size(file.file_size),
                "is_image": (file.mimetype or "").startswith("image/"),
            }
            for file in attachments
        ]

    def _find_portal_file(self, ticket, attachment_id):
        """A file of this request that the commune may open, as superuser; else nothing."""
        ticket.ensure_one()
        ticket.check_access("read")
        ticket = ticket.sudo()  # files of messages that the commune reads on the page alone
        messages = ticket.env["mail.message"].search(self._get_portal_message_domain(ticket))
        files = ticket.commune_file_ids | messages.attachment_ids
        answer = self._get_portal_answer(ticket)
        files |= answer["attachments"] if answer else files.browse()
        return files.filtered(lambda file: file.id == attachment_id and file.type == "binary")

    # The life of a request in sentences, from its data: what a commune reads instead of a log.

    def _get_portal_timeline(self, ticket):
        """What happened, oldest first, read as superuser.

        :return: list of dicts: `date` (text), `moment` (datetime), `text`, `icon`
        """
        ticket.ensure_one()
        lines = [
            (ticket.create_date, "fa-inbox", self._get_portal_arrival(ticket)),
            *self._get_portal_progress(ticket),
            *self._get_portal_transfers(ticket),
            *self._get_portal_waits(ticket),
            *self._get_portal_end(ticket),
        ]
        rank = {line: number for number, line in enumerate(lines)}
        return [
            {
                "moment": moment,
                "date": self._format_portal_datetime(ticket, moment),
                "icon": icon,
                "text": text,
            }
            for moment, icon, text in sorted(
                (line for line in lines if line[0]),
                key=lambda line: (line[0].replace(microsecond=0), rank[line]),
            )
        ]

    def _get_portal_arrival(self, ticket):
        by = ticket.partner_id.name or ticket.partner_name or ticket.commune_id.name
        words = {
            "web": self.env._("Request filed on the portal by %s", by),
            "email": self.env._("Request sent by e-mail by %s", by),
            "phone": self.env._("Request made by telephone: %s", by),
        }
        for channel in CHANNELS:
            known = self.env.ref(
                f"helpdesk_mgmt.helpdesk_ticket_channel_{channel}", raise_if_not_found=False
            )
            if known and ticket.channel_id == known:
                return words[channel]
        return self.env._("Request received from %s", by)

    def _get_portal_progress(self, ticket):
        lines = []
        if ticket.acknowledged_date:
            lines.append(
                (ticket.acknowledged_date, "fa-check", self.env._("Acknowledgement sent to you"))
            )
        if ticket.user_id and ticket.assigned_date:
            team = ticket.team_id._get_shown_team().name
            text = with_detail(self.env._("Entrusted to %s", ticket.user_id.name), team)
            lines.append((max(ticket.assigned_date, ticket.create_date), "fa-user", text))
        if ticket.first_response_date and ticket.first_response_date != ticket.answered_date:
            lines.append((ticket.first_response_date, "fa-comment", self.env._("First answer")))
        return lines

    def _get_portal_transfers(self, ticket):
        """Hand-overs, against the number promised: the reason stays among staff."""
        limit = ticket.company_id.request_transfer_limit
        lines = []
        for transfer in ticket.transfer_ids.sorted("rank"):
            values = {
                "former": transfer.from_team_id.name,
                "team": transfer.to_team_id.name,
                "rank": transfer.rank,
                "limit": limit,
            }
            if transfer.rank <= limit:
                text = self.env._(
                    "Handed over from %(former)s to %(team)s: hand-over %(rank)s of the %(limit)s"
                    " promised at most",
                    **values,
                )
            else:
                text = self.env._(
                    "Handed over from %(former)s to %(team)s: hand-over %(rank)s, more than the"
                    " %(limit)s promised",
                    **values,
                )
            lines.append((transfer.date, "fa-share", text))
        return lines

    def _get_portal_waits(self, ticket):
        lines = []
        for pause in ticket.pause_ids:
            if pause.reason == "waiting":
                lines.append((pause.date_start, "fa-question", self.env._("A question to you")))
                end = self.env._("Your answer came: the work goes on")
            else:
                lines.append((pause.date_start, "fa-envelope", self.env._("Answer sent to you")))
                end = self.env._("Reopened: the answer did not solve it")
            if pause.date_end:
                lines.append((pause.date_end, "fa-play", end))
        return lines

    def _get_portal_end(self, ticket):
        lines = []
        kind = ticket.stage_kind
        if ticket.answered_date and kind != "rerouted":
            lines.append((ticket.answered_date, "fa-envelope", self.env._("Answer sent to you")))
        ends = {
            "closed": self.env._("Request closed"),
            "rerouted": self.env._("Not for us: we informed you of who is in charge"),
            "cancelled": self.env._("Request cancelled"),
        }
        if kind in ends:
            lines.append((ticket.closed_date or ticket.last_stage_update, "fa-flag", ends[kind]))
        rating = self._get_portal_rating(ticket)
        if rating:
            text = self.env._("Your opinion: %(rate)s out of 5", rate=round(rating.rating))
            lines.append((rating.write_date, "fa-star", text))
        return lines
