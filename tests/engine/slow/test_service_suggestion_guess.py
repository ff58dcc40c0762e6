"""A commune cannot infer another's services from the figures disclosed to it."""

import unittest
from itertools import combinations, product

from engine.service_suggestion import Commune, Rules, Service, disclose


class TestNobodyCanGuess(unittest.TestCase):
    """Every distribution of a service between a dozen communes, as seen by two of them that do
    not have it and put all the pages side by side: each other commune may have it or not."""

    def test_no_page_reveals_whether_a_third_commune_has_it(self):
        # Sizes of the bands. With a known total, six communes leave no figure to disclose.
        for total_known, sizes in (
            (False, (6, 6)),
            (False, (7, 5)),
            (False, (8, 3)),
            (False, (12,)),
            (True, (12,)),
            (True, (7, 6)),
        ):
            with self.subTest(total_known=total_known, sizes=sizes):
                pages = self._look_at_every_world(total_known, sizes)
                self.assertTrue(pages)
                for worlds in pages:
                    self._check_page(worlds)

    def _look_at_every_world(self, total_known, sizes):
        """Worlds that show the same figures on all the pages, and the same places left."""
        bands = [band for band, size in enumerate(sizes) for _each in range(size)]
        keys = range(len(bands))
        service = Service("x", 0, frozenset(keys), total_known=total_known)
        seen = {}
        for world in product((0, 1), repeat=len(bands)):
            communes = [
                Commune(key, bands[key], None, frozenset("x" if world[key] else "")) for key in keys
            ]
            figures = disclose(service, communes, Rules())
            if figures:
                page = (tuple(sorted(figures.items())), total_known and sum(world))
                seen.setdefault(page, []).append(world)
        return seen.values()

    def _check_page(self, worlds):
        keys = set(range(len(worlds[0])))
        for readers in combinations(keys, 2):
            possible = [w for w in worlds if not any(w[reader] for reader in readers)]
            for other in keys - set(readers) if possible else ():
                self.assertEqual({world[other] for world in possible}, {0, 1})


if __name__ == "__main__":
    unittest.main()
