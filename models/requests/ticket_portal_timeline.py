"""The life of a request in sentences, from its data: what a commune reads instead of a log."""

from odoo import models

# Two facts of the same minute keep the order in which they are told.
CHANNELS = ("web", "email", "phone")


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def _get_portal_timeline(self):
        """What happened, oldest first, read as superuser.

        :return: list of dicts: `date` (text), `moment` (datetime), `text`, `icon`
        """
        self.ensure_one()
        lines = [
            (self.create_date, "fa-inbox", self._get_portal_arrival()),
            *self._get_portal_progress(),
            *self._get_portal_transfers(),
            *self._get_portal_waits(),
            *self._get_portal_end(),
        ]
        rank = {line: number for number, line in enumerate(lines)}
        return [
            {
                "moment": moment,
                "date": self._format_portal_moment(moment),
                "icon": icon,
                "text": text,
            }
            for moment, icon, text in sorted(
                (line for line in lines if line[0]),
                key=lambda line: (line[0].replace(microsecond=0), rank[line]),
            )
        ]

    def _get_portal_arrival(self):
        by = self.partner_id.name or self.partner_name or self.commune_id.name
        words = {
            "web": self.env._("Request filed on the portal by %s", by),
            "email": self.env._("Request sent by e-mail by %s", by),
            "phone": self.env._("Request made by telephone: %s", by),
        }
        for channel in CHANNELS:
            known = self.env.ref(
                f"helpdesk_mgmt.helpdesk_ticket_channel_{channel}", raise_if_not_found=False
            )
            if known and self.channel_id == known:
                return words[channel]
        return self.env._("Request received from %s", by)

    def _get_portal_progress(self):
        lines = []
        if self.acknowledged_date:
            lines.append(
                (self.acknowledged_date, "fa-check", self.env._("Acknowledgement sent to you"))
            )
        if self.user_id and self.assigned_date:
            team = self.team_id.name
            text = self.env._("Entrusted to %(name)s (%(team)s)", name=self.user_id.name, team=team)
            lines.append((max(self.assigned_date, self.create_date), "fa-user", text))
        if self.first_response_date and self.first_response_date != self.answered_date:
            lines.append((self.first_response_date, "fa-comment", self.env._("First answer")))
        return lines

    def _get_portal_transfers(self):
        """Hand-overs, against the number promised: the reason stays among staff."""
        limit = self.company_id.request_transfer_limit
        lines = []
        for transfer in self.transfer_ids.sorted("rank"):
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

    def _get_portal_waits(self):
        lines = []
        for pause in self.pause_ids:
            if pause.reason == "waiting":
                lines.append((pause.date_start, "fa-question", self.env._("A question to you")))
                end = self.env._("Your answer came: the work goes on")
            else:
                lines.append((pause.date_start, "fa-envelope", self.env._("Answer sent to you")))
                end = self.env._("Reopened: the answer did not solve it")
            if pause.date_end:
                lines.append((pause.date_end, "fa-play", end))
        return lines

    def _get_portal_end(self):
        lines = []
        kind = self.stage_kind
        if self.answered_date and kind != "rerouted":
            lines.append((self.answered_date, "fa-envelope", self.env._("Answer sent to you")))
        ends = {
            "closed": self.env._("Request closed"),
            "rerouted": self.env._("Not for us: we told you who is in charge"),
            "cancelled": self.env._("Request cancelled"),
        }
        if kind in ends:
            lines.append((self.closed_date or self.last_stage_update, "fa-flag", ends[kind]))
        rating = self._get_portal_rating()
        if rating:
            text = self.env._("Your opinion: %(rate)s out of 5", rate=round(rating.rating))
            lines.append((rating.write_date, "fa-star", text))
        return lines
