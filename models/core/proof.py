"""Messages of signatures and sendings, and their files, cannot be changed.

Persons may edit their own messages, as everywhere in Odoo; messages of the software on these
records prove who signed, when, and what was sent. The actions write as superuser.
"""

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

CONTENT = {
    "attachment_ids",
    "author_id",
    "body",
    "date",
    "email_from",
    "incoming_email_cc",
    "incoming_email_to",
    "is_internal",
    "message_id",
    "message_type",
    "model",
    "outgoing_email_to",
    "parent_id",
    "record_name",
    "reply_to",
    "res_id",
    "subject",
    "subtype_id",
    "tracking_value_ids",
}
FILE_CONTENT = {
    "datas",
    "db_datas",
    "mimetype",
    "name",
    "public",
    "raw",
    "res_field",
    "res_id",
    "res_model",
    "store_fname",
    "type",
    "url",
}
# On an attachment: a message on a record of these models carries it. Written by the software only,
# never removed; third-party files are changed and deleted without this check.
BORNE = "borne_by_proof"


class CommuneProof(models.AbstractModel):
    """For records that are signed, or of which something is sent."""

    _name = "commune.proof"
    _description = "Record whose messages and files are proofs"

    def _filter_proofs(self):
        """Records whose messages are proofs."""
        return self

    @api.model
    def _get_kept_files_domain(self, attachment_ids):
        """Domain on the records for which one of these attachments is a proof."""
        return Domain.FALSE

    def _raise_proof_change(self):
        raise UserError(
            self.env._(
                "This is a proof of what was signed or sent: it is neither changed nor deleted."
            )
        )


def keeps_proofs(env, name):
    """Whether a model, named by a message or a file, is one of those whose proofs are kept."""
    return name in env and isinstance(env[name], env.registry["commune.proof"])
