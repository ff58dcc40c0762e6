"""Compiled pages, routes and assets are forgotten after the tests that change them, not after all.

Odoo's own cases forget everything after each test and each class: each page of the portal would be
compiled again for every test, a third of the time of those that open one."""

from unittest.mock import patch

from odoo.modules.registry import _CACHES_BY_KEY, Registry
from odoo.tests import get_db_name

# What our own models remember of records goes after each test, changed or not.
ALWAYS = "default"


class SharedCaches:
    """Comes before `TransactionCase` among the parents of a case."""

    @classmethod
    def setUpClass(cls):
        registry = Registry(get_db_name())
        cls._clear_cache = registry.clear_cache
        cls._changed_by_test, cls._changed_by_class = set(), set()
        # The clean-ups of a class run from the last to the first: Odoo's run between these two,
        # one of which warns of any patcher that it meets.
        cls.addClassCleanup(vars(registry).pop, "clear_all_caches", None)
        super().setUpClass()
        cls.addClassCleanup(setattr, registry, "clear_all_caches", cls._forget_class)
        cls.startClassPatcher(patch.object(registry, "clear_cache", cls._log_changed))
        everything = patch.object(
            registry, "clear_all_caches", lambda: cls._log_changed(*_CACHES_BY_KEY)
        )
        cls.startClassPatcher(everything)

    def setUp(self):
        self._changed_by_test.clear()
        # Odoo notes here what it will call after the test.
        with patch.object(self.registry, "clear_all_caches", self._forget_test):
            super().setUp()

    @classmethod
    def _log_changed(cls, *names):
        for changed in (cls._changed_by_test, cls._changed_by_class):
            changed.update(names)
        cls._clear_cache(*names)

    @classmethod
    def _forget_test(cls):
        cls._clear_cache(ALWAYS, *cls._changed_by_test)

    @classmethod
    def _forget_class(cls):
        cls._clear_cache(ALWAYS, *cls._changed_by_class)
