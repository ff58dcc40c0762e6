"""Agreement of a request: checked on each day requested, never on the current day."""

from odoo import api, models
from odoo.exceptions import UserError


class CommuneReplacementRequest(models.Model):
    _inherit = "commune.replacement.request"

    @api.depends("commune_id", "date_start", "date_end", "slot_ids.date", "slot_ids.state")
    def _compute_has_agreement(self):
        found = self._get_agreements_by_day()
        for request in self:
            request.has_agreement = bool(found[request]) and all(found[request].values())

    def _get_days_asked(self):
        """Days of the half-days that are still asked for; of the period when none is typed yet."""
        self.ensure_one()
        slots = self.slot_ids.filtered(lambda s: s.state not in ("cancelled", "lost"))
        days = slots.mapped("date") or (self.date_start, self.date_end)
        return set(filter(None, days))

    def _get_agreements_by_day(self):
        """{request: {day asked for: agreement that covers it, as superuser, empty without}}."""
        days = {request: sorted(request._get_days_asked()) for request in self}
        found = self.commune_id._get_agreements_of_days(set().union(*days.values()))
        by_commune = {day: found[day].grouped("commune_id") for day in found}
        none = self.env["agreement"].sudo()
        return {
            request: {
                day: by_commune[day].get(request.commune_id._origin, none)[:1]
                for day in days[request]
            }
            for request in self
        }

    def _check_agreement(self, slots=None):
        """Refuse half-days without an agreement: the commune signs first.

        Nothing is billed until used.

        :param slots: the half-days that are checked; all those asked for by default
        :return: the agreement of the first day, as superuser
        """
        self.ensure_one()
        found = self._get_agreements_by_day()[self]
        if slots:
            found = {day: found[day] for day in sorted(set(slots.mapped("date")))}
        missing = [day for day, agreement in found.items() if not agreement]
        if missing or not found:
            raise UserError(self._get_missing_agreement_sentence(missing, found))
        return next(iter(found.values()))

    def _get_missing_agreement_sentence(self, missing, found):
        """:param missing: days of `found` without agreement"""
        commune = self.commune_id
        if len(missing) == len(found):
            return commune._get_missing_agreement_sentence()
        return self.env._(
            "Missing convention: the replacement convention of %(commune)s does not cover %(day)s"
            " (%(count)s of the days asked for). The request can be submitted as soon as the next"
            " convention is signed.",
            commune=commune.brand_name or commune.name,
            day=self.env["commune.letter"]._format_date(missing[0]),
            count=len(missing),
        )
