"""The current files of the RNE, from their stored addresses on data.gouv.fr."""

import logging
from email.utils import parsedate_to_datetime

import requests

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...core.window_actions import open_record

_logger = logging.getLogger(__name__)
# Répertoire national des élus, Ministère de l'Intérieur, Licence Ouverte 2.0: the identifiers
# of the resources are stable, what they lead to is the current file.
RESOURCES = [
    ("commune_relations.rne_mayors_url", "2876a346-d50c-4911-934e-19ee07b0e503"),
    ("commune_relations.rne_municipal_url", "d5f400de-ae3f-4966-8cb6-a85c70c6c24a"),
    ("commune_relations.rne_community_url", "41d95d7d-b172-4636-ac44-32656367cdc7"),
]
ADDRESS = "https://www.data.gouv.fr/api/1/datasets/r/%s"
TIMEOUT = (5, 60)  # seconds to connect, seconds between two packets
MAX_BYTES = 300 * 1024 * 1024


class CommuneImport(models.Model):
    _inherit = "commune.import"

    @api.model
    def _get_addresses(self):
        """Pairs (address, name of the file in words); a system parameter may replace an address."""
        get_param = self.env["ir.config_parameter"].sudo().get_param
        names = (
            self.env._("Mayors"),
            self.env._("Municipal councillors"),
            self.env._("Community councillors"),
        )
        addresses = [get_param(key, ADDRESS % resource) for key, resource in RESOURCES]
        return list(zip(addresses, names, strict=True))

    @api.model
    def _download(self):
        """The three current files, as (name and date in words, bytes).

        :raise UserError: when one of them cannot be fetched: all or nothing
        """
        self.check_access("create")
        files = []
        for address, name in self._get_addresses():
            content, day = self._fetch(address)
            if day:
                day = format_date(self.env, day)
                name = self.env._("%(file)s (file of %(date)s)", file=name, date=day)
            files.append((name, content))
        return files

    @api.model
    def _fetch(self, address):
        """(content, date of the last change of the file, None when unknown)."""
        content, day = bytearray(), None
        try:
            with requests.get(address, stream=True, timeout=TIMEOUT) as response:
                response.raise_for_status()
                day = _read_day(response.headers.get("Last-Modified"))
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
        return bytes(content), day

    @api.model
    def action_download(self):
        """Fetch the current files and show the differences."""
        self.check_access("create")
        record = self.load_files(self._download())
        return record._get_form_action()

    def _get_form_action(self):
        self.ensure_one()
        return open_record(self, name=self.env._("Import of elected officials"))


def _read_day(text):
    """The day of a header of HTTP; None when there is none, or another thing."""
    try:
        return parsedate_to_datetime(text or "").date()
    except ValueError:
        return None
