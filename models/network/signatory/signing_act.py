"""Signing act on the portal: read, type the signatory's name, confirm.

The confirmation repeats what is signed, for whom and in what capacity. A simple electronic
signature: docs/law.md lists what is stored of it and its limits.
"""

from odoo import models

from ....engine.text import same_name
from ...core.field_error import FieldError


class SigningError(FieldError):
    """What is missing before a signature."""


class CommuneMandate(models.Model):
    _inherit = "commune.mandate"

    def _check_signing_act(self, name, read, shown):
        """:param name: typed by the person at the screen
        :param read: fingerprint of the document ticked as read by this person; else empty
        :param shown: fingerprint of the document as it is now
        :return: the name as written on the document
        :raise SigningError: what is missing, as a sentence
        """
        self.ensure_one()
        if not read:
            raise SigningError(
                self.env._("Read what you sign, then tick that you have read it."), "read"
            )
        if read != shown:
            raise SigningError(
                self.env._("This has changed since you opened it: read it again, then sign."),
                "read",
            )
        self._check_own_name(name)
        return self.partner_id.name

    def _check_own_name(self, name):
        """:raise SigningError: the name typed beside the signature is that of somebody else"""
        person = self.partner_id
        if not same_name(name or "", person.name):
            raise SigningError(
                self.env._("You sign in your own name: write “%s”.", person.name), "sign_name"
            )

    def _get_signing_rows(self, title=""):
        """Lines of the confirmation about the signatory: list of (label, text).

        :param title: capacity, when it is not the title of the mandate alone
        """
        self.ensure_one()
        person = self.env["commune.letter"]._name_person(self.partner_id)
        return [
            (self.env._("In the name of"), self.commune_id._get_commune_title()),
            (self.env._("You are"), person),
            (self.env._("You sign as"), title or self.title),
        ]
