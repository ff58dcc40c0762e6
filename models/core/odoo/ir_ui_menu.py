"""Extension of menus: those of pillars that the organisation does not use are hidden."""

from odoo import models

from ..pillar import MENUS


class IrUiMenu(models.Model):
    _inherit = "ir.ui.menu"

    def _load_menus_blacklist(self):
        # What is kept is kept for each user, not for each company that they have chosen.
        unused = self.env.user.company_id._get_unused()
        refs = (f"commune_relations.{name}" for pillar in unused for name in MENUS[pillar])
        menus = [self.env.ref(name, raise_if_not_found=False) for name in refs]
        off = {menu.id for menu in menus if menu}
        return [*super()._load_menus_blacklist(), *off, *self._get_emptied(off)]

    def _get_emptied(self, off):
        """Sections of which nothing is left to this user once these menus are out.

        Odoo drops a section only when nobody may open anything of it.
        """
        root = self.env.ref("commune_relations.menu_root", raise_if_not_found=False)
        if not off or not root:
            return []
        menus = self.search([("id", "child_of", root.id)])
        seen = self._visible_menu_ids(True)
        left = set()
        for menu in menus.filtered("action"):
            path = {int(key) for key in menu.parent_path.split("/") if key}
            if path <= seen and not path & off:
                left |= path
        return [menu.id for menu in menus if not menu.action and menu.id not in left]
