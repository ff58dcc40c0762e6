"""Menus that changed their name take the new French one, where the house had not written its own.

A translation that is there is never replaced by an update: the old one goes first.
"""

NAMES = {
    "menu_territory": "Territoire",
    "menu_territory_communes": "Communes",
    "menu_territory_mandates": "Élus et agents",
    "menu_network": "Réseau",
    "menu_services": "Services",
    "menu_requests_all": "Demandes",
    "menu_documents": "Documents",
    "menu_knowledge_library": "Bibliothèque",
    "menu_replacement_pool": "Agents et exclusions",
    "menu_replacement_figures": "Chiffres",
    "menu_replacement_reports": "Rapports annuels",
}


def migrate(cr, version):
    for name, french in NAMES.items():
        cr.execute(
            """
            UPDATE ir_ui_menu m SET name = m.name - 'fr_FR'
              FROM ir_model_data d
             WHERE d.module = 'commune_relations' AND d.model = 'ir.ui.menu' AND d.name = %s
               AND d.res_id = m.id AND m.name ->> 'fr_FR' = %s
            """,
            (name, french),
        )
