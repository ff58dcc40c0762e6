"""Conventions that were put to a signature before version 19.0.1.10.0 stay as they were signed.

The date of signature becomes that of both sides, the intercommunality having signed on paper; the
dates of transmission and publication, which were not kept, are to be completed and block nothing.
The date of the opinion becomes that of the committee of the intercommunality."""

from odoo.tools.sql import column_exists, create_column, rename_column

COLUMNS = {
    "before_acts": "bool",
    "epci_paper_signature": "bool",
    "commune_signature_date": "date",
    "epci_signature_date": "date",
}


def migrate(cr, version):
    if column_exists(cr, "agreement", "committee_date"):
        rename_column(cr, "agreement", "committee_date", "epci_opinion_date")
    for name, kind in COLUMNS.items():
        if not column_exists(cr, "agreement", name):
            create_column(cr, "agreement", name, kind)
    cr.execute(
        """
        UPDATE agreement
           SET before_acts = (state <> 'draft'),
               epci_paper_signature = (state NOT IN ('draft', 'deliberated')),
               commune_signature_date = signature_date,
               epci_signature_date = signature_date
         WHERE commune_id IS NOT NULL
        """
    )
