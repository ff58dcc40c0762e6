"""A full disk: a sentence, and nothing half done."""

import builtins
import errno
import os
from unittest.mock import patch

from odoo.http import Request
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.base.models import ir_attachment
from odoo.addons.commune_relations.engine import background_task

from ..replacement.replacement_case import ReplacementCase

SENTENCE = "no room left on its disk|plus de place sur son disque"
CONTENT = "Un document dont la moitie seulement tient sur le disque. " * 50


def fill():
    return patch.object(ir_attachment, "open", open_full, create=True)


def open_full(path, mode="r", *args, **kwargs):
    """The disk takes half of what is written, then nothing."""
    file = builtins.open(path, mode, *args, **kwargs)
    if "w" in mode:
        write = file.write

        class Full:
            def __enter__(self):
                return self

            def __exit__(self, *_error):
                file.close()

            def write(self, content):
                write(content[: len(content) // 2])
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        return Full()
    return file


@tagged("post_install", "-at_install")
class TestDiskSpacePages(HttpCase):
    def test_who_saves_a_file_reads_what_to_do_and_nothing_stays(self):
        self.authenticate("admin", "admin")
        before = self.env["ir.attachment"].search_count([])
        values = {"name": "Plein", "raw": f"{CONTENT} Page"}
        with fill(), mute_logger("odoo.http"):
            answer = self.url_open(
                "/web/dataset/call_kw",
                json={
                    "params": {
                        "model": "ir.attachment",
                        "method": "create",
                        "args": [[values]],
                        "kwargs": {},
                    }
                },
            ).json()
        self.assertRegex(answer["error"]["data"]["message"], SENTENCE)
        self.assertEqual(answer["error"]["data"]["name"], "odoo.exceptions.UserError")
        self.assertEqual(self.env["ir.attachment"].search_count([]), before)

    def test_a_route_of_odoo_that_hides_the_error_keeps_no_file_either(self):
        self.authenticate("admin", "admin")
        before = self.env["ir.attachment"].search_count([])
        partner = self.env.user.partner_id
        data = {
            "csrf_token": Request.csrf_token(self),
            "model": partner._name,
            "id": partner.id,
        }
        file = ("plein.txt", f"{CONTENT} Route".encode(), "text/plain")
        loggers = ("odoo.http", "odoo.addons.web.controllers.binary")
        with fill(), mute_logger(*loggers):
            answer = self.url_open(
                "/web/binary/upload_attachment", data=data, files={"ufile": file}
            )
        self.assertRegex(answer.text, SENTENCE)
        self.assertEqual(self.env["ir.attachment"].search_count([]), before)


@tagged("post_install", "-at_install")
class TestDiskSpace(ReplacementCase):
    def test_half_a_file_is_not_taken_for_the_whole_one_afterwards(self):
        attachments, content = self.env["ir.attachment"], f"{CONTENT} Fichier".encode()
        with fill(), self.assertRaises(OSError), self.env.cr.savepoint():
            attachments.create({"name": "Plein", "raw": content})
        again = attachments.create({"name": "Plein", "raw": content})
        self.assertEqual(again._file_read(again.store_fname), content)

    def test_a_plan_that_cannot_begin_says_why(self):
        self._request()
        plan = self.env["commune.replacement.plan"].create(
            {"date_start": "2027-01-01", "date_end": "2027-02-28", "solver": "cpsat"}
        )
        plan.action_compute()
        full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        with (
            patch.object(background_task.Task, "begin", side_effect=full),
            mute_logger("odoo.addons.commune_relations.models.core.background_task"),
            self.enter_registry_test_mode(),
        ):
            self.env.ref("commune_relations.ir_cron_work_replacement_plans").method_direct_trigger()
        plan.invalidate_recordset()
        self.assertEqual(plan.state, "failed")
        self.assertRegex(plan.message, SENTENCE)
        self.assertRegex(plan._describe_error(background_task.NO_ROOM), SENTENCE)
        self.assertEqual(plan._describe_error("autre"), "autre")
