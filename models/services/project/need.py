"""Needs that no service meets: from requests, replacements, surveys. They feed the ideas."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..text_key import get_key

SOURCES = [
    ("request", "Request"),
    ("replacement", "Replacement not found"),
    ("survey", "Survey"),
    ("meeting", "Meeting"),
    ("other", "Other"),
]


class CommuneServiceNeed(models.Model):
    _name = "commune.service.need"
    _description = "Need of communes"
    _order = "date desc, id desc"
    _rec_name = "text"

    project_id = fields.Many2one(
        "commune.service.project", required=True, index=True, ondelete="restrict"
    )
    source = fields.Selection(SOURCES, required=True, default="meeting")
    text = fields.Char(string="What is missing", required=True)
    commune_ids = fields.Many2many(
        "res.partner",
        "commune_service_need_commune_rel",
        string="Communes",
        domain="[('is_commune', '=', True)]",
    )
    date = fields.Date(required=True, default=lambda self: self.env.company._get_today())
    ticket_id = fields.Many2one(
        "helpdesk.ticket", string="Request", index="btree_not_null", ondelete="set null"
    )
    _ticket_uniq = models.UniqueIndex(
        "(ticket_id) WHERE ticket_id IS NOT NULL", "This request already feeds an idea."
    )


class CommuneServiceProject(models.Model):
    _inherit = "commune.service.project"

    need_key = fields.Char(index=True, readonly=True, copy=False)

    @api.model
    def _feed(self, source, text, communes, ticket=None):
        """Note a need that nothing meets; it joins the open project about the same thing.

        :param source: one of `SOURCES`
        :param text: what is missing, in a few words: “ADS”
        :param communes: the communes (res.partner) that asked
        :return: the project that the need feeds, an idea when it is a new one
        """
        if source not in dict(SOURCES):
            raise UserError(self.env._("Unknown source of a need: %s.", source))
        key = get_key(text)
        if not key:
            raise UserError(self.env._("Write what is missing."))
        projects = self.sudo()
        opened = Domain("stage", "not in", ("done", "dropped"))
        project = projects.search(Domain("need_key", "=", key) & opened, limit=1)
        if not project:
            project = projects.create(
                {"name": text.strip(), "need_key": key, "user_id": self._get_feeder().id}
            )
        projects.env["commune.service.need"].create(
            {
                "project_id": project.id,
                "source": source,
                "text": text.strip(),
                "commune_ids": [fields.Command.set(communes.ids)],
                "ticket_id": ticket.id if ticket else False,
            }
        )
        return project.sudo(False)

    @api.model
    def _get_feeder(self):
        """Anyone who notes it, when staff; else a manager."""
        user = self.env.user
        return (
            user
            if user._is_internal() and not user._is_superuser()
            else (self.env.company._get_service_manager())
        )
