"""A signature dated before the publication of its deliberation stays as it is where it was made."""

from odoo.tools.sql import column_exists


def migrate(cr, version):
    if not column_exists(cr, "agreement", "commune_publication_date"):
        return  # before 19.0.1.10.0 these dates were not kept
    cr.execute(
        """
        UPDATE agreement
           SET before_acts = true
         WHERE state <> 'draft'
           AND (commune_publication_date > commune_signature_date
                OR epci_publication_date > epci_signature_date)
        """
    )
