"""Mixin: near an election, a broadcast is proofread or sent with a reason."""

from hashlib import sha256

from odoo import fields, models
from odoo.fields import Domain

from ...core.window_actions import open_dialog, open_record

LOOKS = [("due", "To ask"), ("asked", "Asked"), ("settled", "Settled")]


class CommuneElectionReviewMixin(models.AbstractModel):
    """Mixin: a model gives its broadcast records and their text.

    Its action first calls `_open_look`, which opens the wizard of the election review or lets it
    continue.
    """

    _name = "commune.election.review.mixin"
    _description = "Broadcast with an election review"

    # Computed as superuser: users who send third-party mailings may not read elections.
    look_state = fields.Selection(
        LOOKS, string="Election review", compute="_compute_look", compute_sudo=True
    )
    look_text = fields.Char(string="The look so far", compute="_compute_look", compute_sudo=True)

    def _compute_look(self):
        public = self._filter_broadcast()
        election = self.env["commune.election"]._get_restricting()[:1] if public else False
        public = public if election else self.browse()
        looks = public._get_looks()
        for record in self:
            look = looks.get(record.id)
            record.look_state = record in public and record._get_look_state(look)
            record.look_text = record in public and record._describe_look(look, election)

    def _get_look_state(self, look):
        """State of the review of this record; a review of another text does not count."""
        if not look or look.fingerprint != self._get_fingerprint():
            return "due"
        return "asked" if look.state == "asked" else "settled"

    def _describe_look(self, look, election):
        """Who read, who is asked, or what is near, in one sentence."""
        state = self._get_look_state(look)
        names = {
            "poll": election.with_env(self.env).sudo()._get_sentence(),
            "reader": look.reader_id.name if look else "",
            "user": look.user_id.name if look else "",
        }
        if state == "due":
            return self.env._("Near a poll: %(poll)s. A second person reads first.", **names)
        if state == "asked":
            return self.env._("%(reader)s was asked to read. Near a poll: %(poll)s.", **names)
        if look.state == "read":
            return self.env._("Read by %(reader)s. Near a poll: %(poll)s.", **names)
        return self.env._(
            "Without a second look, for a reason kept by %(user)s. Near a poll: %(poll)s.", **names
        )

    def _get_looks(self):
        """{id: last review}, by any user."""
        found = self.env["commune.election.review"].sudo()
        domain = Domain("res_model", "=", self._name) & Domain("res_id", "in", self.ids)
        return {look.res_id: look for look in found.search(domain, order="id")}

    def _get_fingerprint(self):
        return sha256(self._get_broadcast_text().encode()).hexdigest()

    # hooks of each model

    def _filter_broadcast(self):
        """Records that are broadcast; the others need no election review."""
        return self

    def _get_broadcast_text(self):
        """Text to proofread; a change requires a new review."""
        self.ensure_one()
        return self.display_name

    def _get_broadcast_name(self):
        self.ensure_one()
        return self.display_name

    def _check_can_broadcast(self):
        """:raise AccessError: the current user is not one who sends these"""
        self.check_access("write")

    def _open_to_look(self):
        self.ensure_one()
        return open_record(self)

    # actions

    def _open_look(self):
        """The window of the election review when one is due or asked, else False: go on."""
        waiting = self.filtered(lambda one: one.look_state in ("due", "asked"))
        return waiting[:1]._get_look_window() if waiting else False

    def _get_look_window(self):
        return open_dialog(
            self,
            "commune.election.review.request",
            self.env._("Second look before a poll"),
            default_res_model=self._name,
            default_res_id=self.id,
        )

    def action_request_election_review(self):
        """The window, from the panel of the page."""
        self._check_can_broadcast()
        self.ensure_one()
        return self._get_look_window()
