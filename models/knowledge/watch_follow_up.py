"""What came of an item of the watch: an item of an agenda, a project, an event, a guide.

Each is made once and keeps where it comes from; asked again, what exists opens.
"""

from datetime import datetime, time, timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import plaintext2html

from ..core.row_lock import lock_rows
from ..core.window_actions import open_dialog, open_record
from .watch.origin import make_origin

INNOVATION_STAGES = [
    ("seen", "Seen elsewhere"),
    ("question", "Could we?"),
    ("trial", "Being tried"),
    ("kept", "Taken up"),
    ("dropped", "Not for our house"),
]
EVENT_DAYS = 30  # an event starts so many days later, until its date is chosen
# Where an item of the agenda may still be proposed.
PREPARED = ("draft", "agenda")


class CommuneWatchItem(models.Model):
    _inherit = "commune.watch.item"

    # innovation: what others do
    innovation_stage = fields.Selection(
        INNOVATION_STAGES, string="Where we are with it", default="seen", group_expand=True
    )
    innovation_what = fields.Text(string="What it is")
    innovation_who = fields.Char(string="Who did it")
    innovation_cost = fields.Char(string="What it cost")
    innovation_could = fields.Text(string="Could we do it?")

    session_item_ids = fields.One2many(
        "commune.session.item", "watch_item_id", string="Items of agendas"
    )
    project_ids = fields.One2many("commune.service.project", "watch_item_id", string="Projects")
    event_ids = fields.One2many("event.event", "watch_item_id", string="Events")
    guide_ids = fields.One2many("commune.guide", "watch_item_id", string="Guides made of it")

    def action_propose_session(self):
        """On the agenda of which session: the next one in preparation, unless another is chosen."""
        self.ensure_one()
        self.check_access("write")
        known = self.session_item_ids[:1]
        if known:
            return open_record(known.session_id)
        session = self.env["commune.session"].search(
            Domain("state", "in", PREPARED) & Domain("date_begin", ">=", fields.Datetime.now()),
            order="date_begin",
            limit=1,
        )
        if not session:
            raise UserError(self.env._("No session is in preparation: plan one first."))
        return open_dialog(
            self,
            "commune.watch.session",
            self.env._("On the agenda of which session?"),
            default_item_id=self.id,
            default_session_id=session.id,
        )

    def _propose_in(self, session):
        """Proposed to a session in preparation, once; made already, its own session opens."""
        self.check_access("write")
        lock_rows(self)
        known = self.session_item_ids[:1]
        if known:
            return open_record(known.session_id)
        if session.state not in PREPARED:
            raise UserError(self.env._("The agenda of this session is closed: choose another."))
        self.env["commune.session.item"].create(
            {
                "session_id": session.id,
                "name": self.name,
                "kind": "information",
                "state": "proposed",
                "topic_id": self.topic_ids[:1].id,
                "description": self._get_proposal_html(),
                "watch_item_id": self.id,
            }
        )
        return open_record(session)

    def action_propose_project(self):
        """A project of a service, at its first step."""
        values = {
            "name": self.name,
            "description": self._get_proposal_html(),
            "user_id": self.env.uid,
        }
        return self._propose("project_ids", values)

    def action_propose_event(self):
        """An information for the communes, a month later until its date is chosen."""
        day = self.env.company._get_today() + timedelta(days=EVENT_DAYS)
        values = {
            "name": self.name,
            "kind": "information",
            "date_begin": datetime.combine(day, time(8)),
            "date_end": datetime.combine(day, time(10)),
            "user_id": self.env.uid,
        }
        return self._propose("event_ids", values)

    def action_propose_guide(self):
        """A guide in draft, for the communes that the item concerns."""
        values = {
            "name": self.name,
            "body": self._get_proposal_html(),
            "topic_ids": self.topic_ids.ids,
            "service_ids": self.service_ids.ids,
            "population_min": self.population_min,
            "population_max": self.population_max,
            "local_law": self.local_law,
            "legal_text": "; ".join(found.label for found in self._get_references()),
        }
        return self._propose("guide_ids", values)

    def _propose(self, name, values):
        """What was made of it already, else a new one."""
        self.ensure_one()
        self.check_access("write")
        lock_rows(self)
        made = self[name][:1] or self[name].create({**values, "watch_item_id": self.id})
        return open_record(made)

    def _get_proposal_html(self):
        """Current analysis, with the page of its source."""
        parts = [self.innovation_what, self.change_text, self.who_text, self.action_text, self.link]
        return plaintext2html("\n\n".join(filter(None, parts)))


class CommuneSessionItem(models.Model):
    _inherit = "commune.session.item"

    watch_item_id = make_origin(groups="base.group_user")


class CommuneServiceProject(models.Model):
    _inherit = "commune.service.project"

    watch_item_id = make_origin()


class EventEvent(models.Model):
    _inherit = "event.event"

    watch_item_id = make_origin(groups="base.group_user")


class CommuneGuide(models.Model):
    _inherit = "commune.guide"

    watch_item_id = make_origin(groups="base.group_user")
