"""Odoo with all its tests at the end: the tests of an addon run with every addon loaded.

Odoo runs most tests of an addon while the registry holds this addon and those before it only: an
addon that is loaded later would never be seen by them. Called by tools/peers_main.py.
"""

import odoo.cli
from odoo.service import server

preload = server.preload_registries


def preload_registries(names):
    from odoo.tests import loader

    make_suite = loader.make_suite

    def make_whole_suite(modules, position="at_install"):
        """Nothing while an addon is loaded, both kinds at the end."""
        suite = make_suite(modules if position == "post_install" else [], position)
        if position == "post_install":
            first = list(make_suite(modules, "at_install"))
            suite = type(suite)([*first, *suite])
        return suite

    loader.make_suite = make_whole_suite
    return preload(names)


if __name__ == "__main__":
    server.preload_registries = preload_registries
    odoo.cli.main()
