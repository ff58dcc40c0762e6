"""A decision is “réalisée”, where every model said “fait”.

Odoo keeps what is translated already: the former French word goes, that of today is loaded.
"""


def migrate(cr, version):
    cr.execute(
        """
        UPDATE ir_model_fields_selection s
           SET name = s.name - 'fr_FR'
          FROM ir_model_fields f
         WHERE f.id = s.field_id AND f.name = 'state' AND s.value = 'done'
           AND f.model IN ('commune.decision', 'commune.decision.note', 'commune.decision.progress')
        """
    )
