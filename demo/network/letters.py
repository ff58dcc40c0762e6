"""Letters of the demonstration: one sent, one to approve, one being written."""

import csv
from datetime import timedelta

from odoo import fields
from odoo.tools import file_open

from ...models.network.mailing.letter import PLACEHOLDER

LETTERS = "commune_relations/demo/network/letters.csv"
# What became of the letter, person after person, again and again.
FATES = ["clicked", "open", "sent", "open", "open", "sent", "clicked", "open", "sent", "bounce"]


class LettersDemo:
    def _create_letters(self):
        with file_open(LETTERS, "r") as file:
            for row in csv.DictReader(file, delimiter=";"):
                letter = self._write_letter(row)
                if row["step"] == "requested":
                    letter.action_request_approval()
                elif row["step"] == "sent":
                    self._post_letter(letter, int(row["days"]))

    def _write_letter(self, row):
        """The model of its kind, with the words of the file in place of its brackets."""
        Mailing = self.env["mailing.mailing"]
        values = Mailing._prepare_letter(row["kind"])
        words = iter(row["words"].split("|"))
        body = PLACEHOLDER.sub(lambda found: next(words, found[0]), values["body_html"])
        topic = self.env["commune.topic"].search([("code", "=", row["theme"])], limit=1)
        audiences = [
            self.env.ref(f"commune_relations.{name}").id for name in row["audience"].split()
        ]
        return Mailing.create(
            {
                **values,
                "body_arch": body,
                "body_html": body,
                "subject": row["subject"],
                "preview": row["preview"],
                "audience_ids": audiences,
                "theme_id": topic.id,
                "user_id": self._get_demo_user("charge-mission").id,
            }
        )

    def _post_letter(self, letter, days):
        """As after its sending, without handing anything to a server."""
        moment = fields.Datetime.now() - timedelta(days=days)
        approver = self._get_demo_user("direction")
        letter.write(
            {"approval_state": "approved", "approved_by_id": approver.id, "approved_date": moment}
        )
        persons = self.env["res.partner"].browse(letter._settle_recipients())
        self.env["mailing.trace"].create(
            [
                self._trace_letter(letter, person, FATES[rank % len(FATES)], moment)
                for rank, person in enumerate(persons)
            ]
        )
        self._click_letter(letter)
        letter.write({"state": "done", "sent_date": moment})
        self.env.flush_all()
        # The date of creation is written by PostgreSQL: nothing else can set it.
        self.env.cr.execute(
            "UPDATE commune_mailing_recipient SET create_date = %s WHERE mailing_id = %s",
            (moment, letter.id),
        )
        letter.recipient_ids.invalidate_recordset(["create_date"])

    def _click_letter(self, letter):
        """The button of the letter, and those who pressed it."""
        link = self.env["link.tracker"].create(
            {
                "url": f"{letter.get_base_url()}/my",
                # Given, it is not asked of the page.
                "title": self.env.company._get_house_name(),
                "mass_mailing_id": letter.id,
            }
        )
        clicked = letter.mailing_trace_ids.filtered("links_click_datetime")
        self.env["link.tracker.click"].create(
            [
                {"link_id": link.id, "mailing_trace_id": trace.id, "mass_mailing_id": letter.id}
                for trace in clicked
            ]
        )

    def _trace_letter(self, letter, person, fate, moment):
        seen = moment + timedelta(hours=3)
        return {
            "mass_mailing_id": letter.id,
            "trace_type": "mail",
            "model": "res.partner",
            "res_id": person.id,
            "email": person.email_normalized,
            "trace_status": "open" if fate == "clicked" else fate,
            "sent_datetime": moment,
            "open_datetime": fate in ("open", "clicked") and seen,
            "links_click_datetime": fate == "clicked" and seen,
        }
