"""The pages of a booklet for one commune, as rows: read as superuser, all of it is what its
readers may know. The caller has checked who asks."""

import re

from markupsafe import Markup
from pytz import timezone, utc

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import html2plaintext, is_html_empty

from ...committees.committee.member import SEATED

HEADING = re.compile(r"(</?h)([1-4])\b", re.IGNORECASE)
MOST_DATES = 12


class CommuneBooklet(models.Model):
    _inherit = "commune.booklet"

    def _get_pages(self, commune, is_full=True):
        """Values of the template by page, empty for pages not wanted or unknown.

        :param commune: res.partner
        :param is_full: for users who act in its name: as on the portal, only they see the services
            that the commune uses and the sessions where it sits
        """
        self.ensure_one()
        booklet, commune = self.sudo(), commune.sudo()
        epci = commune.epci_id or booklet.env.company.epci_id
        return {
            "welcome": booklet._get_text(booklet.welcome),
            "identity": booklet.has_identity and booklet._get_identity(epci),
            "people": booklet.has_people and booklet._get_people(epci),
            "dates": booklet._get_dates(commune, is_full) if booklet.has_calendar else [],
            "services": booklet._get_services(commune) if booklet.has_services else [],
            "guides": booklet._get_guides(commune),
            "page": booklet.has_commune and booklet._get_commune_page(commune, is_full),
        }

    def _get_text(self, text):
        """A text of the organisation below the titles of the booklet; empty when nothing is
        written."""
        if is_html_empty(text) and "<img" not in (text or ""):
            return ""
        lower = HEADING.sub(lambda found: f"{found[1]}{int(found[2]) + 2}", str(text))
        return Markup(lower)  # nosec B704: sanitized by its field

    # the intercommunality

    def _get_identity(self, epci):
        kinds = dict(epci._fields["epci_kind"]._description_selection(self.env))
        identity = self.env.company._get_document_identity()
        return {
            "name": identity["legal_name"],
            "kind": kinds.get(epci.epci_kind, ""),
            "communes": epci.member_count,
            "population": sum(epci.member_ids.mapped("population")) or epci.population,
            "head": epci._get_head_words(),
            "siren": self.env["commune.guide"]._space_siren(epci.siren),
            "address": identity["address"],
            "phone": self.env.company._get_organisation_phone(),
            "email": self.env.company._get_public_email(),
            "website": epci.website or "",
            "families": self._get_families(),
            "text": self._get_text(self.competences),
        }

    def _get_families(self):
        """The families of topics of which the intercommunality is in charge, in their order."""
        topics = self.env["commune.topic"].search(
            [("parent_id", "!=", False), ("level", "=", "metropole")]
        )
        families = topics.parent_id.sorted(lambda family: (family.sequence, family.code))
        return families.mapped("name")

    # dates

    def _get_dates(self, commune, is_full=True):
        """Sessions where the commune sits (for those who act in its name), events for all, days of
        the law: dicts `day`, `name`, `note`, the nearest first."""
        rows = self._get_session_rows(commune) if is_full else []
        rows += self._get_event_rows()
        rows += self._get_obligation_rows(commune)
        return sorted(rows, key=lambda row: (row["date"], row["name"]))[:MOST_DATES]

    def _get_session_rows(self, commune):
        if not self.env.company._uses("committees"):
            return []
        seat = Domain(SEATED) & Domain("mandate_id.commune_id", "=", commune.id)
        sessions = self.env["commune.session"].search(
            Domain("date", ">=", self.env.company._get_today())
            & Domain("phase", "=", "called")
            & Domain("notice_date", "!=", False)
            & Domain("committee_id.member_ids", "any", seat),
            order="date, id",
            limit=MOST_DATES,
        )
        return [self._make_date(one.date, one.committee_id.name, one.room) for one in sessions]

    def _get_event_rows(self):
        if not self.env.company._uses("network"):
            return []
        events = self.env["event.event"].search(
            Domain("kind", "!=", False)
            & Domain("kanban_state", "!=", "cancel")
            & Domain("portal_scope", "=", "all")
            & Domain("date_begin", ">=", fields.Datetime.now()),
            order="date_begin, id",
            limit=MOST_DATES,
        )
        zone = timezone(self.env.company._get_zone_name())
        return [
            self._make_date(
                utc.localize(event.date_begin).astimezone(zone).date(),
                event.name,
                event.address_id.name,
            )
            for event in events
        ]

    def _get_obligation_rows(self, commune):
        if not self.env.company._uses("network"):
            return []
        today = self.env.company._get_today()
        found = (
            self.env["commune.obligation"]
            ._get_for(commune)
            .filtered(lambda one: one.date_due and one.date_due >= today and not one.aside_reason)
        )
        return [
            self._make_date(one.date_due, one._get_calendar_title(), one.source) for one in found
        ]

    def _make_date(self, day, name, note):
        words = self.env.company._format_document_date(day)
        return {"date": day, "day": words, "name": name, "note": note or ""}

    # services, guides

    def _get_services(self, commune):
        """[(family, services)] of the catalogue of the commune."""
        if not self.env.company._uses("services"):
            return []
        found = commune.env["commune.portal.page"]._get_portal_services(commune)
        families = found.family_id.sorted(lambda family: (family.sequence, family.id))
        return [
            (family.name, found.filtered(lambda one, family=family: one.family_id == family))
            for family in families
        ]

    def _get_guides(self, commune):
        """Those that are printed, in order: dicts `id`, `name`, `summary`, `text`, `who_rows`,
        `video`, `revised`."""
        guides = self.line_ids.guide_id.filtered(
            lambda guide: not self._describe_left_out(guide) and guide._concerns_commune(commune)
        )
        nobody = self.env["res.partner"]
        return [
            {
                "id": guide.id,
                "name": guide.name,
                "summary": guide.summary or "",
                "text": self._get_text(guide._fill_for(commune, nobody)),
                "who_rows": guide._get_who_rows(commune) if guide.kind == "who" else [],
                "video": guide.kind == "video" and (guide.video_link or ""),
                "transcript": guide.kind == "video" and (guide.transcript or ""),
                "revised": self.env.company._format_document_date(guide.date_revised),
                "is_under_review": guide.is_under_review,
                "has_text": bool(html2plaintext(guide.body or "").strip()),
            }
            for guide in guides
        ]

    # the commune

    def _get_commune_page(self, commune, is_full):
        """Names and titles of its persons, never how to reach them; whom to call; its services."""
        directory = self.env["commune.directory"]
        row = directory._get_directory_rows(commune)[0]
        subscriptions = self.env["commune.service.subscription"]
        if is_full and self.env.company._uses("services"):
            subscriptions = subscriptions.search(
                [("commune_id", "=", commune.id), ("state", "=", "active")]
            )
        return {
            "commune": row | directory._split_persons(row["persons"]),
            "siren": self.env["commune.guide"]._space_siren(row["siren"]),
            "referents": self._get_referents(commune),
            "services": list(dict.fromkeys(subscriptions.service_id.mapped("name"))),
        }


class CommuneGuide(models.Model):
    _inherit = "commune.guide"

    def _concerns_commune(self, commune):
        """Whether the size and the law of a commune make it one of the guide."""
        population = commune.population or 0
        if population < (self.population_min or 0):
            return False
        if self.population_max and population > self.population_max:
            return False
        return not self.local_law or self.local_law == commune.local_law
