"""Pauses guides and watch while the organisation does not use them, and resumes afterwards.

Nothing of it leaves meanwhile. On again, nobody is written to about days that have gone by: the
steps of the paths that were to come are put off by as many days as the pillar was off.
"""

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

RUNNING = Domain("state", "=", "running")
# A letter of the watch that was approved and has not begun to leave.
QUEUED = Domain("watch_item_ids", "!=", False) & Domain("state", "=", "in_queue")


class ResCompany(models.Model):
    _inherit = "res.company"

    knowledge_off_since = fields.Date(
        string="Guides and watch not used since", groups=fields.NO_ACCESS, copy=False
    )

    def _put_paths_off(self, vals):
        changed = self.filtered(lambda one: one._uses("knowledge") != vals["uses_knowledge"])
        yield
        for company in changed.sudo():
            today = self.env.company._get_today()
            if vals["uses_knowledge"]:
                since = company.knowledge_off_since
                self.env["commune.path.progress"]._put_off((today - since).days if since else 0)
            company.knowledge_off_since = False if vals["uses_knowledge"] else today

    def _get_left_behind(self):
        env = self.sudo().env  # a count of everything, for every reader
        paths = env["commune.path.progress"].search_count(RUNNING)
        letters = env["mailing.mailing"].search_count(QUEUED)
        left = super()._get_left_behind()
        return {
            **left,
            "knowledge": [
                *left.get("knowledge", ()),
                (self.env._("paths under way"), paths),
                (self.env._("letters of the watch about to leave"), letters),
            ],
        }


class CommunePathProgress(models.Model):
    _inherit = "commune.path.progress"

    def _put_off(self, days):
        """The paths under way go on as if these days had not been."""
        if days <= 0:
            return
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                UPDATE commune_path_progress_line AS line SET date_due = line.date_due + %(days)s
                  FROM commune_path_progress AS follow
                 WHERE follow.id = line.progress_id AND follow.state = 'running'
                   AND line.done_date IS NULL AND line.notified_date IS NULL
                """,
                days=days,
            )
        )
        self.env.cr.execute(
            SQL(
                "UPDATE commune_path_progress SET date_start = date_start + %s"
                " WHERE state = 'running'",
                days,
            )
        )
        self.env.invalidate_all()


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    def _process_mass_mailing_queue(self):
        """While the watch is not used, its letters go back among those in preparation, approved as
        they are: somebody chooses when they leave."""
        if not self.env.company._uses("knowledge"):
            for letter in self.search(QUEUED):
                letter.action_cancel()
                letter._message_log(
                    body=self.env._(
                        "Guides and watch are not used at the moment: the letter has not left."
                    )
                )
        return super()._process_mass_mailing_queue()
