"""Entry point by which Odoo loads the demonstration (folder `demo/`)."""

from odoo import api, models


class CommuneDemo(models.AbstractModel):
    _name = "commune.demo"
    _description = "Demonstration data"

    @api.model
    def _load(self, epci=None):
        """Create what is missing of the demonstration.

        :param epci: intercommunality whose communes are shown; the first user's by default
        :return: list of sentences “role: login, password”
        """
        from ...demo import Demo  # not before somebody asks for it

        return Demo(self.env)._load(epci)
