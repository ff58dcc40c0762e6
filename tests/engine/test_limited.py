"""What others wrote for a reader that promises no time is read in a process that dies alone."""

import io
import pickle
from unittest import TestCase

from engine.background_task import Unpickler
from engine.feed import FeedError, read, read_limited
from engine.limited import DiedError, run, survives

RSS = (
    "<rss version='2.0'><channel><title>t</title><item><title>Loi</title>%s</item></channel></rss>"
)
# Each name space is compared with all those before.
SPACES = (RSS % "".join(f"<x{n}:a xmlns:x{n}='u{n}'/>" for n in range(20_000))).encode()


class TestLimited(TestCase):
    def test_a_feed_is_read_as_without(self):
        content = (RSS % "<link>https://a.fr/1</link><pubDate>2 Oct 2026</pubDate>").encode()
        self.assertEqual(read_limited(content), read(content))

    def test_a_feed_that_holds_its_reader_is_refused_in_a_sentence(self):
        with self.assertRaisesRegex(FeedError, "trop de temps ou de mémoire") as refused:
            read_limited(SPACES)
        self.assertEqual(refused.exception.code, "died")

    def test_what_the_reader_refuses_keeps_its_sentence(self):
        deep, page = (RSS % ("<b>" * 100)).encode(), b"<html><p>Une page</p></html>"
        for content, code in ((deep, "too_deep"), (page, "not_a_feed"), (b" ", "empty")):
            with self.subTest(code=code):
                with self.assertRaises(FeedError) as refused:
                    read_limited(content)
                with self.assertRaises(FeedError) as alone:
                    read(content)
                self.assertEqual(str(refused.exception), str(alone.exception))
                self.assertEqual(refused.exception.code, code)

    def test_processor_memory_and_errors_end_the_process_alone(self):
        self.assertTrue(survives("operator:mul", 2, 3, size=0))
        self.assertFalse(survives("operator:mul", b"x", 4_000_000_000, size=0))
        self.assertFalse(survives("operator:pow", 9, 99_999_999, size=0))
        self.assertFalse(survives("engine.feed:unknown", size=0))
        with self.assertRaises(DiedError):
            run("operator:truediv", 1, 0, package="engine.feed", size=0)

    def test_what_a_library_prints_is_no_part_of_the_answer(self):
        self.assertIsNone(run("builtins:print", "bonjour", package="engine.feed", size=0))

    def test_an_answer_holds_plain_values_and_classes_of_its_package_alone(self):
        for content in (
            pickle.dumps(TestCase),
            b"\x80\x04\x8c\x11engine.feed.model\x8c\x0edate.__class__\x93.",
        ):
            with self.assertRaises(pickle.UnpicklingError):
                Unpickler(io.BytesIO(content), "engine.feed").load()
