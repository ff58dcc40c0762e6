"""The relation itself on a visit card: what was promised, the last contacts, the silence."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from .card import RECENT, YEAR


class CommuneCard(models.AbstractModel):
    _inherit = "commune.card"

    @api.model
    def _collect_promises(self, communes, today):
        """Those to keep, the late ones first, then those kept in the last months."""
        kept = Domain("state", "=", "kept") & Domain("kept_date", ">=", today - RECENT)
        promises = self.env["commune.commitment"].search(
            Domain("commune_id", "in", communes.ids) & (Domain("state", "=", "open") | kept)
        )
        rows = [
            {
                "id": promise.id,
                "record": promise,
                "commune_id": promise.commune_id.id,
                "name": promise.name,
                "owner": promise.sudo().user_id.name,
                "promised": promise.promised_date,
                "due": promise.due_date,
                "kept": promise.kept_date if promise.state == "kept" else False,
                "late": promise.state == "open" and promise.due_date < today,
            }
            for promise in promises
        ]
        rows.sort(key=lambda row: (bool(row["kept"]), row["due"], row["id"]))
        return self._group(rows)

    @api.model
    def _prepare_promises_row(self, row, _card):
        if row["kept"]:
            mark, tone = self.env._("kept"), "good"
        elif row["late"]:
            mark, tone = self.env._("late"), "late"
        else:
            mark, tone = "", ""
        return {
            "text": row["name"],
            "detail": [self.env._("due %s", self._format_date(row["due"])), row["owner"]],
            "mark": mark,
            "tone": tone,
            "record": row["record"],
        }

    @api.model
    def _get_promises_note(self, _rows, card):
        """All that was ever promised, in two figures."""
        promised = card["promised"]
        if not promised:
            return ""
        return self.env._(
            "Kept: %(kept)s, late: %(late)s",
            kept=promised.get("kept", 0),
            late=promised.get("late", 0),
        )

    @api.model
    def _advise_promises(self, facts, _card):
        return [
            (
                self.env._("Say first that a promise is late: %s", row["name"]),
                self.env._(
                    "Promised on %(day)s for %(due)s.",
                    day=self._format_date(row["promised"]),
                    due=self._format_date(row["due"]),
                ),
            )
            for row in facts.get("promises", ())
            if row["late"]
        ]

    @api.model
    def _collect_contacts(self, communes, today):
        """Contacts of the last 12 months that the current user may read, the latest first."""
        kinds = self._get_labels("commune.contact", "kind")
        contacts = self.env["commune.contact"].search(
            Domain("commune_id", "in", communes.ids) & Domain("date", ">=", today - YEAR)
        )
        rows = [
            {
                "id": contact.id,
                "record": contact,
                "commune_id": contact.commune_id.id,
                "kind": kinds[contact.kind],
                "date": self.env.company._get_organisation_date(contact.date),
                "subject": contact.subject,
                "ours": sorted(contact.sudo().user_ids.mapped("name")),
                "theirs": sorted(contact.sudo().person_ids.mapped("name")),
            }
            for contact in contacts
        ]
        return self._group(rows)

    @api.model
    def _prepare_contacts_row(self, row, _card):
        return {
            "text": f"{row['kind']} – {row['subject']}",
            "detail": [
                self._format_date(row["date"]),
                ", ".join(row["theirs"]),
                ", ".join(row["ours"]),
            ],
            "record": row["record"],
        }

    @api.model
    def _get_silences(self, communes):
        """{commune id: {date, kind, weeks, is_silent}} of the last sign of each commune, for
        anyone who may read them; a commune without any sign is silent without a date."""
        Silence = self.env["commune.silence"]
        if not (self.env.company._uses("steering") and Silence.has_access("read")):
            return {}
        kinds = self._get_labels("commune.silence", "kind")
        weeks = self.env.company.silence_weeks
        limit = fields.Datetime.now() - timedelta(weeks=weeks)
        return {
            line.commune_id.id: {
                "date": line.date and self.env.company._get_organisation_date(line.date),
                "kind": kinds.get(line.kind, ""),
                "weeks": line.weeks,
                "is_silent": not line.date or line.date < limit,
            }
            for line in Silence.search_fetch(
                Domain("commune_id", "in", communes.ids), ["commune_id", "date", "kind", "weeks"]
            )
        }

    @api.model
    def _get_contacts_note(self, _rows, card):
        silence = card["silence"]
        if not silence:
            return ""
        if not silence["date"]:
            return self.env._("No sign of the commune so far.")
        return self.env._(
            "Last sign: %(kind)s, %(day)s",
            kind=silence["kind"],
            day=self._format_date(silence["date"]),
        )

    @api.model
    def _advise_silence(self, _facts, card):
        silence = card["silence"]
        if not silence or not silence["is_silent"]:
            return []
        reason = self._get_contacts_note((), card)
        if silence["date"]:
            reason = self.env._(
                "%(sign)s: %(weeks)s weeks of silence.", sign=reason, weeks=silence["weeks"]
            )
        return [(self.env._("Ask how things are going: we have not heard of them."), reason)]
