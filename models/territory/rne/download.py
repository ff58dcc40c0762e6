"""The current files of the RNE, from their stored addresses on data.gouv.fr."""

import logging

import requests

from odoo import api, models
from odoo.exceptions import UserError

from ...core.window import open_record

_logger = logging.getLogger(__name__)
# Répertoire national des élus, Ministère de l'Intérieur, Licence Ouverte 2.0: the identifiers
# of the resources are stable, what they lead to is the current file.
RESOURCES = [
    ("commune_relations.rne_mayors_url", "2876a346-d50c-4911-934e-19ee07b0e503", "maires.csv"),
    (
        "commune_relations.rne_municipal_url",
        "d5f400de-ae3f-4966-8cb6-a85c70c6c24a",
        "conseillers-municipaux.csv",
    ),
    (
        "commune_relations.rne_community_url",
        "41d95d7d-b172-4636-ac44-32656367cdc7",
        "conseillers-communautaires.csv",
    ),
]
ADDRESS = "https://www.data.gouv.fr/api/1/datasets/r/%s"
TIMEOUT = (5, 60)  # seconds to connect, seconds between two packets
MAX_BYTES = 300 * 1024 * 1024


class CommuneImport(models.Model):
    _inherit = "commune.import"

    @api.model
    def _get_addresses(self):
        """Pairs (address, file name); a system parameter may replace an address."""
        get_param = self.env["ir.config_parameter"].sudo().get_param
        return [(get_param(key, ADDRESS % resource), name) for key, resource, name in RESOURCES]

    @api.model
    def _download(self):
        """The three current files, as (name, bytes).

        :raise UserError: when one of them cannot be fetched: all or nothing
        """
        self.check_access("create")
        return [(name, self._fetch(address)) for address, name in self._get_addresses()]

    @api.model
    def _fetch(self, address):
        content = bytearray()
        try:
            with requests.get(address, stream=True, timeout=TIMEOUT) as response:
                response.raise_for_status()
                for chunk in response.iter_content(1 << 20):
                    content += chunk
                    if len(content) > MAX_BYTES:
                        raise UserError(self.env._("The file at %s is too large.", address))
        except requests.RequestException as error:
            _logger.info("RNE not reachable at %s: %s", address, error)
            raise UserError(
                self.env._(
                    "The national directory of elected officials cannot be reached at"
                    " %(address)s. Try again later, or download the file on another computer"
                    " and drop it here.",
                    address=address,
                )
            ) from error
        return bytes(content)

    @api.model
    def action_download(self):
        """Fetch the current files and show the differences."""
        self.check_access("create")
        record = self.load(self._download())
        return record._get_form_action()

    def _get_form_action(self):
        self.ensure_one()
        return open_record(self, name=self.env._("Import of elected officials"))
