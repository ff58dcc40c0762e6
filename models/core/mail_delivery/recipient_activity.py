"""Activity on the recipient's record, when the document of a failed letter accepts none.

An incident and an offer of equipment have no activities. The activity names the recipient and
another way to reach them, and quotes nothing of the letter.
"""

from odoo import api, models

from .delivery import LOST, UNSENT, WAITING
from .letter_document import ASKED_AFTER


class CommuneLetterDelivery(models.Model):
    _inherit = "commune.letter.delivery"

    @api.model
    def _is_asked_on_document(self, name):
        """:param name: model of a document"""
        documents = self.env.get(name)
        return hasattr(documents, "_follow_unsent") and "activity_ids" in documents._fields

    def _is_asked_on_person(self):
        """Whether this letter is followed on the recipient.

        Odoo itself shows the failures of typed messages and of staff notifications to their author.
        """
        self.ensure_one()
        records = self.env.get(self.res_model)
        managed = hasattr(records, "_get_letter_person") and not records._asks_by_itself
        return managed and not self._is_asked_on_document(self.document_model)

    def _follow_on_persons(self):
        """One thing to do for each person; it is over when all the letters to them have left."""
        followed = self.filtered(lambda one: one.partner_id and one._is_asked_on_person())
        if not followed:
            return
        domain = [("partner_id", "in", followed.partner_id.ids), ("state", "in", UNSENT)]
        unsent = self.search(domain).filtered(
            lambda one: (
                one._is_asked_on_person()
                and (one.state == LOST or (one.state == WAITING and one.attempts >= ASKED_AFTER))
            )
        )
        records = followed._get_records()
        found = unsent.grouped("partner_id")
        localised = self.with_context(lang=self.env.company._get_organisation_lang())
        for person, letters in followed.grouped("partner_id").items():
            own = found.get(person, unsent.browse()).with_env(localised.env)
            owner = records.browse(letters[0].res_id)._get_failed_letter_owner(person)
            person.with_env(localised.env)._ask_to_reach(own, own._describe_unsent(), owner)
