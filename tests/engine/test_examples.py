"""Each entry point of an engine has a working example."""

import doctest
import importlib
import inspect
import pkgutil
from unittest import TestCase

import engine

FINDER = doctest.DocTestFinder(recurse=True, exclude_empty=True)
# French typography: what separates « and : from a word is not seen in a docstring.
SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})


class Checker(doctest.OutputChecker):
    """A no-break space, as it is or as `repr` writes it, is a space."""

    def check_output(self, want, got, flags):
        return super().check_output(want, got.translate(SPACES).replace("\\xa0", " "), flags)


def modules():
    """Modules of the engines, except command lines: importing one would run it."""
    for found in pkgutil.walk_packages(engine.__path__, "engine."):
        if not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


def find_entry_points():
    """(package, name, function) of what each package offers."""
    for found in pkgutil.iter_modules(engine.__path__, "engine."):
        module = importlib.import_module(found.name)
        if found.ispkg:
            for name in module.__all__:
                if inspect.isfunction(getattr(module, name)):
                    yield found.name, name, getattr(module, name)


def wrong(test):
    """Failures of the examples of a docstring."""
    lines = []
    doctest.DocTestRunner(Checker()).run(test, out=lines.append)
    return "".join(lines)


class TestExamples(TestCase):
    def test_every_entry_point_has_an_example(self):
        found = list(find_entry_points())
        self.assertGreater(len(found), 80)
        for package, name, function in found:
            with self.subTest(f"{package}.{name}"):
                self.assertIn(">>>", inspect.getdoc(function) or "")

    def test_every_package_says_what_it_offers(self):
        for found in pkgutil.iter_modules(engine.__path__, "engine."):
            if found.ispkg:
                self.assertTrue(importlib.import_module(found.name).__all__, found.name)

    def test_every_example_is_true(self):
        count = 0
        for module in modules():
            for test in FINDER.find(module):
                count += len(test.examples)
                if test.examples:
                    with self.subTest(test.name):
                        self.assertEqual(wrong(test), "")
        self.assertGreater(count, 150)

    def test_a_wrong_example_is_seen(self):
        test = doctest.DocTestParser().get_doctest(">>> 1 + 1\n3\n", {}, "false", None, None)
        self.assertIn("Expected:\n    3", wrong(test))
