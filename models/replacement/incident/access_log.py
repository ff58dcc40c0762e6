"""Access log of incidents: each reading adds a line, and the manager reads it."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import LazyTranslate

from .incident import CONTENT

_lt = LazyTranslate(__name__)

# A screen reads an incident several times: one opening is one line.
SAME_OPENING = timedelta(minutes=10)


class CommuneReplacementIncidentAccess(models.Model):
    _name = "commune.replacement.incident.access"
    _inherit = ["commune.append.only"]
    _description = "Opening of a case"
    _order = "date desc, id desc"
    _rec_name = "user_id"
    _log_access = False
    _kept_reason = _lt("The register of the openings is neither changed nor deleted.")

    incident_id = fields.Many2one(
        "commune.replacement.incident",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    user_id = fields.Many2one(
        "res.users", required=True, readonly=True, index=True, ondelete="restrict"
    )
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)


def _writes_log(method):
    """A reading that writes a line of the register: not served on a read-only cursor."""
    method._readonly = False
    return method


class CommuneReplacementIncident(models.Model):
    _inherit = "commune.replacement.incident"

    @_writes_log
    def read(self, fields=None, load="_classic_read"):
        return super().read(fields, load)

    @_writes_log
    def web_read(self, specification):
        return super().web_read(specification)

    @api.model
    @_writes_log
    def search_read(
        self, domain=None, fields=None, offset=0, limit=None, order=None, **read_kwargs
    ):
        return super().search_read(domain, fields, offset, limit, order, **read_kwargs)

    @api.model
    @_writes_log
    def web_search_read(
        self, domain, specification, offset=0, limit=None, order=None, count_limit=None
    ):
        return super().web_search_read(domain, specification, offset, limit, order, count_limit)

    def _read_format(self, fnames, load="_classic_read"):
        if set(fnames) & set(CONTENT):
            self._log_opening()
        return super()._read_format(fnames, load=load)

    def _export_rows(self, fields, **kwargs):
        """Whatever record the export started from."""
        self._log_opening()
        return super()._export_rows(fields, **kwargs)

    def _read_group_groupby(self, alias, groupby_spec, query):
        self._check_aggregate(groupby_spec)
        return super()._read_group_groupby(alias, groupby_spec, query)

    def _read_group_select(self, aggregate_spec, query):
        self._check_aggregate(aggregate_spec)
        return super()._read_group_select(aggregate_spec, query)

    def _check_aggregate(self, spec):
        """Refuse aggregates of the access log that would reveal the content of incidents."""
        if not self.env.su and spec.partition(":")[0] in CONTENT:
            raise AccessError(self.env._("Open a case to read what it says."))

    def _log_opening(self):
        """Log one line for each incident and person, within ten minutes."""
        if self.env.su or not self:
            return
        Access = self.env["commune.replacement.incident.access"].sudo()
        now = fields.Datetime.now()
        known = Access.search(
            [
                ("incident_id", "in", self.ids),
                ("user_id", "=", self.env.uid),
                ("date", ">", now - SAME_OPENING),
            ]
        ).incident_id
        Access.create(
            [
                {"incident_id": case_id, "user_id": self.env.uid, "date": now}
                for case_id in self.ids
                if case_id not in known.ids
            ]
        )

    def action_open_register(self):
        """Open the access log of this incident, for the manager."""
        self.ensure_one()
        self.env["commune.replacement.incident.access"].check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "commune.replacement.incident.access",
            "view_mode": "list",
            "domain": [("incident_id", "=", self.id)],
            "name": self.env._("Who opened this case"),
        }


class CommuneReplacementIncidentInterview(models.Model):
    _inherit = "commune.replacement.incident.interview"

    def _read_format(self, fnames, load="_classic_read"):
        """Log the reading of interviews with other persons; one's own words are not logged."""
        if not self.env.su and {"summary", "note"} & set(fnames):
            person = self.env.user.partner_id
            others = self.filtered(lambda one: person not in one.sudo().party_ids.partner_id)
            others.sudo().incident_id.sudo(False)._log_opening()
        return super()._read_format(fnames, load=load)
