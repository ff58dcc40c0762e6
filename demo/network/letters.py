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
        self._post_past_letters()
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

    def _post_letter(self, letter, days, shift=0):
        """As after its sending, without handing anything to a server.

        :param shift: the first persons to whom it was sent and who did not open it
        """
        moment = fields.Datetime.now() - timedelta(days=days)
        approver = self._get_demo_user("direction")
        letter.write(
            {"approval_state": "approved", "approved_by_id": approver.id, "approved_date": moment}
        )
        persons = self.env["res.partner"].browse(letter._settle_recipients())
        self.env["mailing.trace"].create(
            [
                self._trace_letter(letter, person, fate, moment)
                for person, fate in zip(
                    persons, self._pick_outcomes(len(persons), shift), strict=True
                )
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

    def _pick_outcomes(self, count, shift):
        later = [FATES[rank % len(FATES)] for rank in range(shift, count)]
        return ["sent"] * min(shift, count) + later

    def _click_letter(self, letter):
        """The button of the letter, and those who pressed it."""
        link = self.env["link.tracker"].create(
            {
                "url": f"{letter.get_base_url()}/my",
                # Given, it is not asked of the page.
                "title": self.env.company._get_organisation_name(),
                "mass_mailing_id": letter.id,
                # An address is followed once without a word of its own.
                "label": str(letter.id),
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
