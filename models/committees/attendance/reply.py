"""Answers of the members, and the proxies they give.

Two members may choose the same holder at the same moment: the row of the session is written first,
so that PostgreSQL makes the second one wait, then restart on the result of the first (Odoo retries
a request after a serialisation failure). A unique index is the last safeguard."""

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ....engine.text.fold import fold
from ...core.row_lock import lock_rows
from ...core.text_limits import LENGTHS
from ..session.states import HELD


class CommuneAttendance(models.Model):
    _inherit = "commune.attendance"

    def _get_possible_answers(self):
        """(code, label) of the answers that this member may give."""
        self.ensure_one()
        committee = self.committee_id
        labels = dict(self._fields["answer"]._description_selection(self.env))
        codes = ["present"]
        by_video = self.session_id.video_url or committee.remote_counts
        if by_video and committee.video_allowed:
            codes.append("remote")
        codes.append("excused")
        if committee.kind != "council" and self.role not in ("deputy", "guest"):
            codes.append("represented")
        if committee._allows_proxies() and self.voting:
            codes.append("proxy")
        return [(code, labels[code]) for code in codes]

    def _get_possible_holders(self):
        """Members who may hold a proxy: voting, present, and below their limit of proxies."""
        self.ensure_one()
        others = self.session_id.attendance_ids.filtered("voting") - self
        return others.filtered(lambda line: not self._why_not_holder(line))

    def _get_holder_groups(self):
        """(heading, lines) of possible proxy holders: first of the same commune, chosen most often,
        then the others; empty when there is nobody."""
        holders = self._get_possible_holders()
        if not holders:
            return []
        near = holders.filtered(lambda other: other.commune_id == self.commune_id)
        near = near if self.commune_id else holders.browse()
        groups = [
            (self.env._("Members of your commune"), near),
            (self.env._("Other members"), holders - near),
        ]
        return [
            (heading, lines.sorted(lambda line: fold(line.partner_id.name or "")))
            for heading, lines in groups
        ]

    def _why_not_holder(self, holder):
        """Sentence that explains why this member cannot hold the proxy; empty when he may."""
        name = holder.partner_id.name
        if holder == self:
            return self.env._("Nobody gives a proxy to oneself.")
        if not holder.voting or holder.session_id != self.session_id:
            return self.env._("%s does not vote at this session.", name)
        if holder.answer in ("excused", "proxy", "represented"):
            return self.env._("%s does not come either: choose somebody else.", name)
        held = holder.proxy_from_ids - self
        if len(held) >= self.committee_id.proxy_limit:
            return self.env._(
                "%s already holds a proxy for this session: choose somebody else.", name
            )
        return ""

    def _lock_session(self):
        """Be the only one to answer for this session until the transaction ends."""
        lock_rows(self.session_id)
        self.session_id.attendance_ids.invalidate_recordset()

    def _reply(self, answer, channel, author=None, holder=None, represented_by="", comment=""):
        """Take the answer; it replaces the one before, which stays in the history.

        :param channel: link, portal or staff
        :param author: who answers (res.partner); the member when left out
        :param holder: the line that holds the proxy
        :raise UserError: the answer cannot be taken; nothing has changed
        """
        self.ensure_one()
        # A member answers without a right to write, and may not open the line of the holder.
        line, holder = self.sudo(), holder and holder.sudo()
        line._check_own(channel)
        line._lock_session()
        line._check_reply(answer, holder)
        values = {
            "answer": answer or False,
            "answered_at": fields.Datetime.now(),
            "comment": (comment or "").strip()[: LENGTHS["word"]],
            "represented_by": "",
            "proxy_to_id": False,
            "proxy_rank": 0,
            "proxy_warning": "",
        }
        if answer == "represented":
            values["represented_by"] = represented_by.strip()[: LENGTHS["word"]]
        if answer == "proxy":
            values.update(line._get_proxy_values(holder))
        line.write(values)
        line._log_reply(channel, author or line.partner_id)
        line._after_reply(holder)
        return line

    def _check_reply(self, answer, holder):
        if not self._is_open_to_answers():
            raise UserError(self.env._("This session does not take answers any more."))
        if answer == "remote" and not self.committee_id.video_allowed:
            raise UserError(self.committee_id._get_no_video_words())
        if answer and answer not in dict(self._get_possible_answers()):
            raise UserError(self.env._("This answer is not possible for this session."))
        if answer == "proxy":
            if not holder:
                raise UserError(self.env._("Choose the member to whom you give your proxy."))
            problem = self._why_not_holder(holder)
            if problem:
                raise UserError(problem)

    def _get_proxy_values(self, holder):
        """The first free rank; several proxies are allowed only where the committee allows them."""
        taken = (holder.proxy_from_ids - self).mapped("proxy_rank")
        rank = next(n for n in range(1, len(taken) + 2) if n not in taken)
        return {
            "proxy_to_id": holder.id,
            "proxy_rank": rank,
            "proxy_warning": self._warn_of_row(holder),
        }

    def _count_row(self, holder):
        """Sessions in a row, just before this one, with the same member as holder."""
        sessions = self.env["commune.session"]
        before = sessions.search(
            [
                ("committee_id", "=", self.committee_id.id),
                ("state", "in", HELD),
                ("date_begin", "<", self.session_id.date_begin),
            ],
            limit=self.committee_id.proxy_session_limit + 1,
        )
        count = 0
        for session in before:
            own = session.attendance_ids.filtered(lambda a: a.partner_id == self.partner_id)
            if own.actual != "proxy" or own.proxy_to_id.partner_id != holder.partner_id:
                break
            count += 1
        return count

    def _warn_of_row(self, holder):
        limit = self.committee_id.proxy_session_limit
        count = self._count_row(holder) + 1 if limit else 0
        if count <= limit:
            return ""
        return self.env._(
            "Session number %(count)s in a row with this proxy: the law allows %(limit)s, illness"
            " excepted (CGCT, L.2121-20).",
            count=count,
            limit=limit,
        )

    def _log_reply(self, channel, author):
        self.env["commune.attendance.answer"].create(
            [
                {
                    "attendance_id": line.id,
                    "answer": line.answer,
                    "detail": line.proxy_to_id.partner_id.name or line.represented_by or False,
                    "comment": line.comment,
                    "channel": channel,
                    "author_id": author.id,
                }
                for line in self
            ]
        )

    def _after_reply(self, holder):
        """Notify the proxy holder; free the members whose chosen holder does not attend."""
        if self.proxy_warning:
            name = self.partner_id.name
            summary = self.env._("Proxy of %s to look at", name)
            self.session_id._notify_secretary(
                "session_proxy", summary, self.proxy_warning, about=name
            )
        if self.answer == "proxy":
            self._send_letters("mail_template_session_proxy")
        if self.answer in ("excused", "proxy", "represented"):
            self.proxy_from_ids._lose_proxy(self.partner_id)

    def _decline_proxy(self, giver_id, channel):
        """Decline a proxy: the holder, present or not, does not speak for that member.

        Nobody holds a proxy unwillingly. The giver is notified and answers again; a second call
        changes nothing.

        :param giver_id: id of the line that gave the proxy
        :param channel: link or portal
        :return: the line that lost its proxy
        :raise UserError: answers are closed; nothing has changed
        """
        self.ensure_one()
        line = self.sudo()
        line._check_own(channel)
        line._lock_session()
        if not line._is_open_to_answers():
            raise UserError(self.env._("This session does not take answers any more."))
        lost = line.proxy_from_ids.filtered(lambda giver: giver.id == giver_id)
        lost._lose_proxy(line.partner_id)
        return lost

    def _lose_proxy(self, holder):
        """The holder (res.partner) does not come, or declines: these members answer again."""
        self.write({"answer": False, "proxy_to_id": False, "proxy_rank": 0, "proxy_warning": ""})
        self._log_reply("staff", holder)
        self._send_letters("mail_template_session_proxy_lost")

    def _check_own(self, channel):
        if channel == "portal" and self.partner_id != self.env.user.partner_id:
            raise AccessError(self.env._("Each member answers for oneself."))

    def _get_proxy_person(self):
        """Who receives the letter of a proxy."""
        return self.proxy_to_id.partner_id

    def _describe_reply(self):
        """The answer in one sentence, for the member who has just given it."""
        self.ensure_one()
        sentences = {
            "present": self.env._("You are expected in the room."),
            "remote": self.env._("You are expected by video."),
            "excused": self.env._("You are excused."),
            "represented": self.env._("%s comes in your place.", self.represented_by or ""),
            "proxy": self.env._(
                "You give your proxy to %s.", self.proxy_to_id.partner_id.name or ""
            ),
        }
        return sentences.get(self.answer, "")

    def _describe_answered(self):
        """Date of the current answer, and its author when it is not the member; empty when
        unknown."""
        self.ensure_one()
        if not self.answered_at:
            return ""
        zone = self.with_context(tz=self.committee_id._get_zone())
        moment = fields.Datetime.context_timestamp(zone, self.answered_at)
        values = {
            "day": self._format_date(moment.date()),
            "hour": self._format_hour(moment.hour + moment.minute / 60),
        }
        if self.answer_ids[:1].channel == "staff":
            return self.env._("Noted by our service on %(day)s at %(hour)s.", **values)
        return self.env._("Given on %(day)s at %(hour)s.", **values)
