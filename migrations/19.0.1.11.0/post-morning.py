"""A house at work does not begin by its first morning again; the screen stays in the menu."""


def migrate(cr, version):
    cr.execute("UPDATE res_company SET morning_put_away = true WHERE epci_id IS NOT NULL")
