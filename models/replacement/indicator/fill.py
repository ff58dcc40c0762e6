"""Half-days and requests: how many are filled, how soon, for whom, and why not."""

from collections import Counter
from fractions import Fraction

from dateutil.relativedelta import relativedelta

from odoo import models
from odoo.fields import Domain

from ....engine.indicators import Figure, median, rate, repeated
from ....engine.text import fold
from ..request.urgency import AT_ONCE
from .figures import Row

SLOT, REQUEST = "commune.replacement.slot", "commune.replacement.request"
SMALL = "under_1000"


class CommuneReplacementFigures(models.AbstractModel):
    _inherit = "commune.replacement.figures"

    def _collect(self, period):
        return [
            *super()._collect(period),
            *self._collect_half_days(period),
            *self._collect_requests(period),
            *self._collect_times(period),
            *self._collect_unfilled(period),
            *self._collect_repeated(period),
        ]

    # half-days

    def _get_asked_domain(self, period):
        """Half-days of a period that communes asked for."""
        days = Domain("date", ">=", str(period.start)) & Domain("date", "<=", str(period.end))
        return self._keep_asked(days & Domain("request_id.state", "not in", ("draft", "cancelled")))

    def _keep_asked(self, slots):
        """Leave out half-days cancelled by the commune; keep those given up by an agent or the
        service, unless the same half-day was opened again for another agent."""
        given_up = (
            self.env[SLOT]
            .sudo()
            .search(
                slots
                & Domain("state", "=", "cancelled")
                & Domain("cancelled_by", "in", ("agent", "service"))
                & Domain("mission_id.ended_by", "in", ("agent", "service"))
            )
        )
        again = {
            (slot.request_id.id, slot.date, slot.half_day)
            for slot in given_up.request_id.slot_ids
            if slot.state != "cancelled"
        }
        lost = {(s.request_id.id, s.date, s.half_day): s.id for s in given_up}
        kept = [slot_id for key, slot_id in sorted(lost.items()) if key not in again]
        return slots & (Domain("state", "!=", "cancelled") | Domain("id", "in", kept))

    def _collect_half_days(self, period):
        """Fill rate by half-days, and the share of each population band."""
        domain = self._get_asked_domain(period)
        names = ["commune_id.population_band", "state"]
        found = self.env[SLOT]._read_group(domain, names, ["__count"])
        asked, filled = Counter(), Counter()
        for band, state, count in found:
            asked[band] += count
            filled[band] += count if state == "filled" else 0
        total, all_filled = asked.total(), filled.total()
        rows = [
            Row("half_days", Figure(Fraction(total)), SLOT, list(domain), total),
            Row("fill_half_days", rate(all_filled, total), SLOT, list(domain), total),
        ]
        weights = self._get_weights()
        for band, label in self._get_labels("res.partner", "population_band").items():
            matching = domain & Domain("commune_id.population_band", "=", band)
            got = matching & Domain("state", "=", "filled")
            named = {"key": band, "label": label}
            rows += [
                Row("fill_half_days", rate(filled[band], asked[band]), SLOT, list(matching),
                    asked[band], **named),
                Row("equity", rate(filled[band], all_filled), SLOT, list(got), filled[band],
                    note=self._describe_weight(weights, band), **named),
            ]  # fmt: skip
        return rows

    def _get_weights(self):
        """{band: (communes, inhabitants)} of the territory."""
        members = self.env.company._get_epci()._get_members()
        return {
            band: (len(communes), sum(communes.mapped("population")))
            for band, communes in members.grouped("population_band").items()
        }

    def _describe_weight(self, weights, band):
        """What the share of a band is compared with."""
        communes, people = weights.get(band, (0, 0))
        all_communes = sum(count for count, _people in weights.values())
        everybody = sum(people for _count, people in weights.values())
        if not communes or not everybody:
            return ""
        return self.env._(
            "%(communes)s of the communes, %(people)s of the inhabitants",
            communes=self._format_value(communes / all_communes, "percent"),
            people=self._format_value(people / everybody, "percent"),
        )

    # requests

    def _collect_requests(self, period):
        domain = self._get_request_domain(period)
        requests = self.env[REQUEST]
        total = requests.search_count(domain)
        found = self.env[SLOT]._read_group(
            self._keep_asked(Domain("request_id", "any", domain)), ["request_id", "state"]
        )
        left = {request.id for request, state in found if state != "filled"}
        full = {request.id for request, _state in found} - left
        small = domain & Domain("commune_id.population_band", "=", SMALL)
        refused = small & Domain("state", "in", ("unfilled", "refused"))
        small_count, refused_count = requests.search_count(small), requests.search_count(refused)
        return [
            Row("requests", Figure(Fraction(total)), REQUEST, list(domain), total),
            Row("fill_requests", rate(len(full), total), REQUEST, list(domain), total),
            Row(
                "small_refused",
                rate(refused_count, small_count),
                REQUEST,
                list(refused),
                refused_count,
            ),
        ]

    def _collect_times(self, period):
        """Hours from the reception to the first agent that the commune accepted."""
        accepted = Domain("state", "=", "accepted") & Domain("answer_commune_date", "!=", False)
        domain = self._get_request_domain(period)
        found = self.env["commune.replacement.proposal"]._read_group(
            accepted & Domain("request_id", "any", domain),
            ["request_id"],
            ["answer_commune_date:min"],
        )
        hours = {True: [], False: []}
        for request, moment in found:
            seconds = int((moment - request.received_date).total_seconds())
            hours[request.urgency in AT_ONCE].append(Fraction(max(seconds, 0), 3600))
        rows = []
        for code, urgent in (("time_urgent", True), ("time_planned", False)):
            matching = domain & Domain("urgency", "in" if urgent else "not in", AT_ONCE)
            matching &= Domain("proposal_ids", "any", accepted)
            figure = median(hours[urgent])
            rows.append(Row(code, figure, REQUEST, list(matching), len(hours[urgent])))
        return rows

    def _collect_unfilled(self, period):
        """By reason, then by whom the commune was directed to."""
        domain = self._get_request_domain(period)
        requests = self.env[REQUEST]
        total = requests.search_count(domain)
        closed = domain & Domain("state", "=", "unfilled")
        away = domain & Domain("redirection", "not in", (False, "none"))
        rows = []
        for code, found, name in (
            ("unfilled", closed, "unfilled_reason"),
            ("redirected", away, "redirection"),
        ):
            counts = dict(requests._read_group(found, [name], ["__count"]))
            number = sum(counts.values())
            rows.append(Row(code, rate(number, total), REQUEST, list(found), number))
            rows += [
                Row(code, rate(counts[key], total), REQUEST, list(found & Domain(name, "=", key)),
                    counts[key], key, label)
                for key, label in self._get_labels(REQUEST, name).items()
                if counts.get(key)
            ]  # fmt: skip
        return rows

    def _collect_repeated(self, period):
        """Same commune, same job, at least twice in the twelve months before the end."""
        start = period.end - relativedelta(years=1) + relativedelta(days=1)
        domain = self._get_request_domain(self._get_period(start, period.end))
        found = self._group_by_job(domain)
        figure = repeated({key: len(ids) for key, ids in found.items()})
        back = sorted(one for ids in found.values() if len(ids) > 1 for one in ids)
        return [Row("repeated", figure, REQUEST, [("id", "in", back)], len(back))]

    def _group_by_job(self, domain):
        """{(commune, job): ids of requests}: the job, else the post; capitals and accents aside,
        under the first of its names."""
        found, names = {}, {}
        groups = (
            self.env[REQUEST]
            .sudo()
            ._read_group(domain, ["commune_id", "job_family", "post"], ["id:array_agg"])
        )
        for commune, job, post, ids in groups:
            name = (job or post or "").strip()
            name = names.setdefault(fold(name), name)
            found.setdefault((commune, name), []).extend(ids)
        return found
