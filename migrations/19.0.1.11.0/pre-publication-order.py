"""A signature dated before the publication of its deliberation stays as it is where it was made."""


def migrate(cr, version):
    cr.execute(
        """
        UPDATE agreement
           SET before_acts = true
         WHERE state <> 'draft'
           AND (commune_publication_date > commune_signature_date
                OR epci_publication_date > epci_signature_date)
        """
    )
