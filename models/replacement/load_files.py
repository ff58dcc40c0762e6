"""Agents and requests from two CSV files: read by the engine, previewed, then written."""

import io
from collections import namedtuple

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...engine.french import FrenchError
from ...engine.orientation.csvfile import read_rows
from ...engine.register import read_agents, read_requests
from ...engine.text import flat

Line = namedtuple("Line", "kind code name change message values")


def _open(file):
    name, content = file
    stream = io.BytesIO(content)
    stream.name = name
    return stream


class CommuneReplacementRequest(models.Model):
    _inherit = "commune.replacement.request"

    @api.model
    def _read_files(self, agents=None, requests=None):
        """What two files would do, written nowhere.

        :param agents, requests: (file name, bytes) or None
        :return: list of Line, `change` being new, changed, known or error
        :raise UserError: a file that cannot be read, with its line and column
        """
        lines = []
        try:
            if agents:
                people = read_agents(_open(agents))
                rows = [row.values for row in read_rows(_open(agents), ("agent_id",))]
                lines += self._preview_agents(people, rows)
            if requests:
                asked = read_requests(_open(requests))
                rows = [row.values for row in read_rows(_open(requests), ("demande_id",))]
                lines += self._preview_requests(asked, rows, [line.code for line in lines])
        except FrenchError as error:
            raise UserError(str(error)) from None
        return lines

    @api.model
    def _get_places_by_name(self):
        """Communes of the intercommunality by plain name and by INSEE code."""
        communes = self.env["res.partner"].search([("is_commune", "=", True)])
        return {
            **{flat(commune.name): commune for commune in communes},
            **{commune.insee_code: commune for commune in communes if commune.insee_code},
        }

    @api.model
    def _apply_lines(self, lines):
        """Write what `_read_files` has read; nothing at all when one line is wrong.

        :return: (agents, requests)
        """
        wrong = [line for line in lines if line.change == "error"]
        if wrong:
            raise UserError(
                self.env._(
                    "Nothing was imported:\n%s",
                    "\n".join(f"{line.code} – {line.message}" for line in wrong),
                )
            )
        softwares = self.env["commune.software"]._ensure_codes(
            code for line in lines for code in sorted(line.values[0].software)
        )
        levels = {n: self.env.ref(f"commune_relations.skill_level_{n}") for n in range(4)}
        skills = self.env["hr.skill"]._by_commune_code()
        context = (self._get_places_by_name(), skills, levels, softwares)
        agents, requests = self.env["hr.employee"], self.browse()
        for line in lines:
            if line.kind == "agent":
                agents |= self._write_agent(*line.values, context)
            elif line.change == "new":
                requests |= self._write_request(*line.values, context)
        requests._submit_those_covered()
        return agents, requests

    def _submit_those_covered(self):
        today = fields.Date.context_today(self)
        for request in self:
            if request.slot_ids and request.commune_id._get_replacement_agreement(today):
                request.action_submit()
