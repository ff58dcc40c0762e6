"""A long directory: drawn apart, once, for the user who asked, while its persons are open to
them."""

import base64
import os
import signal
import time
from datetime import timedelta
from unittest.mock import patch

from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger
from odoo.tools.safe_eval import safe_eval

from odoo.addons.commune_relations.engine import background_task
from odoo.addons.commune_relations.engine.pdf.worker import Drawing
from odoo.addons.commune_relations.models.core import background_task as core
from odoo.addons.commune_relations.models.territory.directory_export import generation
from odoo.addons.commune_relations.wizards.territory import directory_print

from ..common import CommuneCase
from ..core.pdf_reading import Pdf
from .territory_document_case import TerritoryDocumentCase


@tagged("post_install", "-at_install")
class TestDirectoryExport(TerritoryDocumentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(patch.object(directory_print, "MOST_LINES", 10))
        # The other connection of a job does not see what a test has written.
        cls.startClassPatcher(patch.object(core.Watch, "is_stopped", lambda watch: False))
        cls.reader.write({"lang": "fr_FR", "email": "lecteur@house.example"})
        cls.wizards = cls.env["commune.directory.print"].with_user(cls.reader)
        cls.wizards = cls.wizards.with_context(lang="fr_FR")
        cls.papers = cls.env["commune.directory.export"].with_user(cls.reader)

    def _ask(self, **values):
        action = self.wizards.create(values).action_print()
        paper = self.papers.browse(action["params"]["id"])
        self.addCleanup(paper.sudo()._get_task().forget)
        return paper

    def _run_job(self, turn=core.TURN):
        with patch.object(core, "TURN", turn), self.enter_registry_test_mode():
            self.env.ref(generation.JOB).method_direct_trigger()
        self.env.invalidate_all()

    def _read_activities(self, paper):
        """What the person was notified of it, last first."""
        place = f"model={paper._name}&amp;res_id={paper.id}"
        messages = self.env["mail.message"].search(
            [("partner_ids", "in", self.reader.partner_id.id)], order="id desc"
        )
        return [one.subject for one in messages if place in (one.body or "")]

    def test_a_long_one_is_drawn_apart_as_it_would_be_at_once(self):
        logged = self.env["commune.export.log"].search_count([])
        paper = self._ask()
        self.assertEqual((paper.state, paper.progress), ("running", 0))
        self._run_job()
        self.assertEqual((paper.state, paper.progress), ("ready", 100))
        pdf = Pdf(base64.b64decode(paper.content))
        self.assertEqual(pdf.language, "fr")
        self.assertTrue(pdf.is_tagged)
        self.assertIn("/Outlines", pdf.root)
        self.assertIn(f"Page 2 sur {len(pdf)}", pdf.texts[1])
        at_once = self._render(
            "commune_relations.directory_document",
            self.wizards.create({}),
            self.reader,
            lang="fr_FR",
        )
        self.assertEqual(pdf.texts, at_once.texts)
        self.assertEqual(self.env["commune.export.log"].search_count([]), logged + 2)
        line = self.env["commune.export.log"].search([], limit=1, offset=1)
        self.assertEqual((line.user_id, line.person_count), (self.reader, 4))
        self.assertEqual(self._read_activities(paper), ["Votre annuaire est prêt"])
        self.assertFalse(paper.sudo()._get_task().folder.exists())
        self.assertIn(f"/{paper.id}/content/", paper.action_download()["url"])

    def test_a_short_one_comes_at_once(self):
        with patch.object(directory_print, "MOST_LINES", 100):
            action = self.wizards.create({}).action_print()
        self.assertEqual(action["type"], "ir.actions.report")

    def test_two_presses_make_one_and_other_choices_another(self):
        paper = self._ask(parts="commune")
        self.assertEqual(self._ask(parts="commune"), paper)
        self.assertNotEqual(self._ask(parts="function"), paper)

    def test_it_is_named_in_the_language_of_the_asker(self):
        """Not in that of the call."""
        function = self.env.ref("commune_relations.function_mayor")
        values = {"kind": "elected", "function_ids": function.ids}
        wizard = self.wizards.with_context(lang="en_US").create(values)
        self.assertIn("persons", wizard.summary)
        paper = self.papers.browse(wizard.action_print()["params"]["id"])
        self.assertEqual(paper.name, "Annuaire des communes et de leurs élus")
        self.assertIn("personnes", paper.size)
        self.assertIn("toutes les communes", paper.choices)
        self.assertNotIn("persons", paper.size)

    def test_the_button_says_whether_it_is_made_at_once(self):
        arch = etree.fromstring(self.wizards.with_context(lang="en_US").get_view()["arch"])
        buttons = {
            button.get("string"): button.get("invisible")
            for button in arch.iterfind(".//button[@name='action_print']")
        }
        for file_format, is_long, expected in (
            ("pdf", True, "Prepare the document"),
            ("pdf", False, "Download"),
            ("xlsx", True, "Download"),
        ):
            known = {"file_format": file_format, "is_long": is_long}
            shown = [name for name, hidden in buttons.items() if not safe_eval(hidden, known)]
            self.assertEqual(shown, [expected])

    def test_once_its_pages_are_laid_out_the_file_is_written(self):
        paper = self._ask()
        arch = etree.fromstring(paper.with_context(lang="en_US").get_view()["arch"])
        (message,) = arch.xpath("//p[contains(text(), 'The file is being written')]")
        for page, is_notified in ((0, False), (60, False), (62, True), (70, True)):
            paper.sudo().write({"page": page, "page_total": 64})
            known = {"state": paper.state, "progress": paper.progress}
            self.assertEqual(not safe_eval(message.get("invisible"), known), is_notified, page)

    def test_an_account_archived_since_is_drawn_nothing_and_written_nothing(self):
        paper = self._ask()
        self.reader.active = False
        with patch.object(Drawing, "start") as start:
            self._run_job()
        start.assert_not_called()
        self.assertEqual(paper.sudo().state, "failed")
        self.assertEqual(self._read_activities(paper), [])

    def test_a_job_that_ends_before_the_drawing_comes_back_for_it(self):
        paper = self._ask()
        self._run_job(turn=0)
        self.assertEqual(paper.state, "running")
        with patch.object(Drawing, "start") as again:
            self._run_job()
        again.assert_not_called()
        self.assertEqual(paper.state, "ready")

    def test_one_that_was_killed_says_so_and_starts_again(self):
        paper = self._ask()
        start = Drawing.start

        def start_and_kill(drawing, *asked):
            os.kill(start(drawing, *asked), signal.SIGKILL)
            silent = time.time() - 2 * background_task.SILENCE
            (drawing.folder / "found").unlink(missing_ok=True)
            os.utime(drawing.folder / "beat", (silent, silent))

        with patch.object(Drawing, "start", start_and_kill):
            self._run_job()
        self.assertEqual(paper.state, "failed")
        self.assertIn("relancez-le", paper.message)
        self.assertEqual(self._read_activities(paper), ["Votre annuaire n’a pas pu être établi"])
        paper.action_again()
        self.assertEqual((paper.state, paper.message), ("running", False))
        self._run_job()
        self.assertEqual(paper.state, "ready")

    @mute_logger("odoo.addons.commune_relations.models.territory.directory_export.generation")
    def test_a_server_without_memory_says_what_to_do(self):
        paper = self._ask()
        with patch.object(Drawing, "start"), patch.object(Drawing, "found", "MemoryError"):
            self._run_job()
        self.assertEqual(paper.state, "failed")
        self.assertIn("secteur par secteur", paper.message)

    def _draw(self):
        paper = self._ask()
        with (
            patch.object(Drawing, "start"),
            patch.object(Drawing, "found", b"%PDF- a directory"),
        ):
            self._run_job()
        return paper

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_it_is_for_the_asker_alone(self):
        with patch.object(type(self.reader), "_bus_send", autospec=True) as shown:
            paper = self._draw()
        calls = [call.args for call in shown.call_args_list]
        ((user, message),) = [(one[0], one[2]) for one in calls if one[1] == "simple_notification"]
        self.assertEqual(user, self.reader)
        self.assertEqual(message["title"], "Votre annuaire est prêt")
        self.assertIn(paper.name, message["message"])
        self.assertEqual(base64.b64decode(paper.content), b"%PDF- a directory")
        for user in (self.officer, self.manager, self.referent, self.employee, self.portal_b):
            other = paper.with_user(user)
            for call in (
                lambda other=other: other.read(["content"]),
                other.action_download,
                other.action_again,
            ):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    call()
        with self.assertRaises(AccessError):
            paper.read(["drawn"])
        with self.assertRaises(AccessError):
            paper.write({"state": "failed"})

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_rights_are_those_of_the_day_of_the_download(self):
        paper = self._draw()
        self.reader.group_ids = self.env.ref("base.group_user")
        with self.assertRaises(AccessError):
            paper.action_download()

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_a_person_who_was_withdrawn_is_not_given_out_any_more(self):
        paper = self._draw()
        self.mandate_a.unlink()
        self.env.invalidate_all()
        for call in (paper.action_download, lambda: paper.read(["content"])):
            with self.assertRaisesRegex(AccessError, "withdrawn since"):
                call()

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_nor_one_who_was_archived_but_one_who_left_office_is(self):
        """A directory of another day holds the persons of that day."""
        person = self._council(self.commune_a, 1)
        mandate = person.held_mandate_ids
        paper = self._draw()
        for archived in (mandate, person):
            archived.active = False
            self.env.invalidate_all()
            for call in (paper.action_download, lambda: paper.read(["content"])):
                with (
                    self.subTest(archived=archived._name),
                    self.assertRaisesRegex(AccessError, "withdrawn since"),
                ):
                    call()
            archived.active = True
        yesterday = self.env.company._get_today() - timedelta(days=1)
        mandate.write({"date_start": yesterday, "date_end": yesterday})
        self.env.invalidate_all()
        self.assertEqual(mandate.state, "ended")
        self.assertEqual(base64.b64decode(paper.content), b"%PDF- a directory")
        self.assertTrue(paper.action_download())

    def test_one_who_was_archived_before_does_not_hold_it_back(self):
        self._council(self.commune_a, 1).active = False
        paper = self._draw()
        self.assertEqual(base64.b64decode(paper.content), b"%PDF- a directory")

    @mute_logger(
        "odoo.addons.base.models.ir_model",
        "odoo.addons.commune_relations.models.core.background_task",
    )
    def test_who_lost_the_role_meanwhile_gets_nothing_drawn(self):
        paper = self._ask()
        self.reader.group_ids = self.env.ref("base.group_user")
        with patch.object(Drawing, "start") as start:
            self._run_job()
        start.assert_not_called()
        self.assertEqual(paper.sudo().state, "failed")

    def test_it_is_kept_for_seven_days(self):
        paper, recent = self._draw(), self._draw()
        self.env.cr.execute(
            "UPDATE commune_directory_export SET create_date = create_date - %s WHERE id = %s",
            [timedelta(days=7, minutes=1), paper.id],
        )
        self.env["commune.directory.export"]._gc_old()
        self.assertEqual(self.papers.search([]), recent)


@tagged("post_install", "-at_install")
class TestDirectoryExportFetched(HttpCase, CommuneCase):
    def test_one_that_is_not_drawn_yet_is_not_found(self):
        """An empty file would be taken for the directory."""
        values = {
            "name": "Annuaire",
            "asked": {"kind": "both"},
            "user_id": self.reader.id,
            "company_id": self.env.company.id,
            "drawn": base64.b64encode(b"%PDF- a directory"),
        }
        running = self.env["commune.directory.export"].create(values)
        ready = running.copy({"state": "ready", "drawn": values["drawn"]})
        self.authenticate("test_reader", "test_reader")
        for paper, status in ((running, 404), (ready, 200)):
            address = f"/web/content/{paper._name}/{paper.id}/content/a.pdf?download=true"
            page = self.url_open(address)
            self.assertEqual(page.status_code, status)
        self.assertEqual(page.content, b"%PDF- a directory")
