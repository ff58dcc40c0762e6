"""Who is known to the communes is noted on the contact, before anything asks."""


def migrate(cr, version):
    cr.execute("ALTER TABLE res_partner ADD COLUMN IF NOT EXISTS known_to_communes boolean")
    cr.execute(
        """
        UPDATE res_partner SET known_to_communes = true
         WHERE id IN (SELECT partner_id FROM commune_mandate
                      UNION SELECT partner_id FROM commune_audience_included_rel)
        """
    )
