"""A letter in plain text: as it was typed, in a time in proportion, whatever its length."""

from unittest import TestCase
from unittest.mock import patch

from engine.mail import plain as module
from engine.mail.plain import plain


class TestPlain(TestCase):
    def test_one_long_line_is_put_together_once(self):
        """Characters are counted, no time: a line that grows by copies is read thousands of
        times."""
        words, link = "mot " * 3000, '<a href="https://metz.fr">mot</a> '
        bodies = [
            f"<p>{'<b>mot</b> ' * 3000}</p>",
            f"<p>{link * 3000}</p>",
            f"<table><tr><td>{words}</td><td>{'<br>' * 3000}</td></tr></table>",
            f"<ul><li>{'<span>mot</span> ' * 3000}</li></ul>",
        ]
        put_together = module._Line.__str__
        for body in bodies:
            counted = []

            def count(line, counted=counted):
                text = put_together(line)
                counted.append(len(text))
                return text

            with self.subTest(body[:40]), patch.object(module._Line, "__str__", count):
                self.assertGreaterEqual(plain(body).count("mot"), 3000)
                self.assertLess(sum(counted), 4 * len(body))

    def test_lines_marks_and_links(self):
        for body, text in (
            ("<p>Un<br>deux <b>trois</b> </p>", "Un\ndeux trois"),
            ("<pre>Un\n\ndeux\ntrois</pre>fin", "Un\n\ndeux\ntrois\n\nfin"),
            ("<ul><li>Un<p>suite</p></li><li></li></ul>fin", "– Un\n  suite\n–\n\nfin"),
            ("<ol><li>a</li><li>b<ul><li>c</li></ul></li></ol>", "1. a\n2. b\n– c"),
            (
                "<table><tr><td>Quand</td><td>lundi<br>mardi</td></tr>"
                "<tr><td>Où :</td><td></td></tr></table>",
                "Quand\u00a0: lundi\n  mardi\nOù :",
            ),
            (
                '<p>Voir <a href="https://metz.fr">la page</a>.</p>',
                "Voir la page <https://metz.fr>.",
            ),
            ('<p><a href="https://metz.fr">Un<br>deux</a></p>', "Un\ndeux <https://metz.fr>"),
            (
                '<p><a class="c-button" href="https://metz.fr">Répondre </a></p>',
                "Répondre\u00a0:\nhttps://metz.fr",
            ),
        ):
            with self.subTest(body):
                self.assertEqual(plain(body), text)
