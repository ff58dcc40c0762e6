"""Mission order: its mandatory content, its date of issue, its frozen text.

Décret n° 2001-654 of 19 July 2001, art. 5 (signed before departure by the authority or its
delegate) and 6 (twelve months at most); décret n° 2006-781 of 3 July 2006, art. 2 (order of
mission) and 10 (own vehicle, insurance); CGCT, annexe I (supporting documents of a reimbursement).
"""

import hashlib
import json
import re

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ....engine.text import after_comma, with_detail
from ...core.row_lock import lock_rows

MONTHS = 12  # décret n° 2001-654, art. 6
INITIAL = re.compile(r"\w\.?")
TRANSPORTS = [
    ("own", "Own vehicle"),
    ("service", "Vehicle of the service"),
    ("public", "Public transport"),
]


class CommuneReplacementAmendment(models.Model):
    _inherit = "commune.replacement.amendment"

    order_date = fields.Datetime(string="Order of mission issued on", readonly=True, copy=False)
    order_facts = fields.Json(readonly=True, copy=False, help="What the order says, word by word.")
    order_hash = fields.Char(readonly=True, copy=False, help="SHA-256 of what the order says.")
    order_number = fields.Integer(
        readonly=True, copy=False, aggregator=None, help="Rank of the order among the mission's."
    )
    order_days = fields.Json(
        readonly=True, copy=False, help="Days that the orders of this version cover."
    )

    def _is_already_ordered(self, facts):
        """Whether the issued order covers the current content.

        Days that have passed since do not require a new order."""
        held = self.order_facts or {}
        same = all(held.get(name) == facts[name] for name in ("rows", "tasks", "authority"))
        return same and all(day in held["days"] for day in facts["days"])

    def _issue_order(self, facts, days, moment=None):
        """Store the text, its fingerprint and the date; attach the document to the thread.

        A new order has a new number; the days that former ones cover stay covered.

        :param days: dates that this order covers; :param moment: of its issue, now by default
        """
        self.ensure_one()
        mission = self.mission_id
        lock_rows(mission)  # two orders at once: each has a number of its own
        number = max(mission.amendment_ids.mapped("order_number")) + 1
        facts = {**facts, "number": f"{mission.name}-{number}"}
        content = json.dumps(facts, ensure_ascii=False, sort_keys=True)
        self.write(
            {
                "order_facts": facts,
                "order_date": moment or fields.Datetime.now(),
                "order_hash": hashlib.sha256(content.encode()).hexdigest(),
                "order_number": number,
                "order_days": sorted({*(self.order_days or ()), *map(str, days)}),
            }
        )
        pdf, _kind = (
            self.env["ir.actions.report"]
            .with_context(lang=self.env.company._get_organisation_lang())
            ._render_qweb_pdf("commune_relations.mission_order_report", mission.ids)
        )
        mission.message_post(
            body=self.env._("Order of mission issued. Fingerprint: %s", self.order_hash),
            attachments=[(f"{facts['number']}.pdf", pdf)],
        )


class CommuneReplacementMission(models.Model):
    _inherit = "commune.replacement.mission"

    departure = fields.Selection(
        [("administrative", "Administrative residence"), ("family", "Family residence")],
        string="Leaves from",
        required=True,
        default="administrative",
        help="Where the journeys of the order of mission begin and end.",
    )
    stops = fields.Char(string="Stops on the way", help="Places where the agent has to stop.")
    transport = fields.Selection(TRANSPORTS, required=True, default="own")
    transport_class = fields.Selection(
        [("second", "Second class"), ("first", "First class")], default="second"
    )
    other_costs = fields.Char(
        string="Other costs foreseen", help="Parking, tolls, meals… Empty: the order says none."
    )
    order_date = fields.Datetime(
        string="Order of mission issued on", compute="_compute_order_date", compute_sudo=True
    )

    agreement_names = fields.Char(
        string="Conventions",
        compute="_compute_agreement_names",
        compute_sudo=True,
        groups="base.group_user",
        help="Where half-days are under another convention than that of the first one.",
    )

    @api.depends("amendment_ids.order_date", "amendment_ids.number")
    def _compute_order_date(self):
        for mission in self:
            mission.order_date = mission._get_last_version().order_date

    def _get_last_version(self):
        return self.amendment_ids.sorted("number")[-1:]

    def action_issue_order(self):
        """Date the order of the current version and store its facts: a reprint is identical. A
        change of the mission needs another order.

        :raise UserError: what is missing, each by its name; the departure is past
        """
        self.check_access("write")
        for mission in self.sudo():  # the file of the agent is read; nobody types an order
            mission._check_live()
            localised = mission.with_context(lang=self.env.company._get_organisation_lang())
            gaps = mission._get_order_gaps()
            if gaps:
                raise UserError(
                    self.env._(
                        "The order of mission %(name)s cannot be issued:\n%(gaps)s",
                        name=mission.name,
                        gaps="\n".join(f"– {gap}" for gap in gaps),
                    )
                )
            facts, version = localised._get_order_facts(), mission._get_last_version()
            if version._is_already_ordered(facts):
                raise UserError(
                    self.env._("This order of mission is already issued: print it again.")
                )
            version._issue_order(facts, mission._get_order_slots().mapped("date"))

    def _get_order_slots(self, now=None):
        """Half-days to come that an order of a moment, now by default, may cover: it is signed
        before departure, for twelve months at most."""
        self.ensure_one()
        now = now or fields.Datetime.now()
        last = self.env.company._get_organisation_date(now) + relativedelta(months=MONTHS, days=-1)
        return self._get_live_slots().filtered(
            lambda slot: slot.start_datetime > now and slot.date <= last
        )

    def _get_order_name_gap(self):
        """An order bears the name of somebody: an initial is not one. Empty when it is whole."""
        name = self.employee_id.name or ""
        first, _space, last = name.strip().rpartition(" ")
        if first and not INITIAL.fullmatch(last):
            return ""
        return self.env._(
            "the whole name of the agent, on the sheet of the agent: the order is nominative, and"
            " “%s” does not say the last name",
            name,
        )

    def _get_order_gaps(self):
        """What stops the order of mission, one sentence each; asked as superuser."""
        self.ensure_one()
        company, agent, name = self.env.company, self.employee_id, self._get_order_name_gap()
        slots = self._get_order_slots()
        until = self.transport != "own" or agent.vehicle_insurance_until
        insured = until is True or (until and not slots.filtered(lambda s: s.date > until))
        home = self.departure != "family" or agent.base_commune_id
        residence = company._get_administrative_residence()
        wanted = {
            self.env._(
                "no half-day is left to come: an order is signed before departure (décret"
                " n° 2001-654, art. 5)"
            ): slots,
            self.env._("the grade of the agent, on the sheet of the agent"): agent.grade,
            self.env._("the place of work, on the mission"): self.workplace,
            self.env._("the administrative residence: the home base of the service"): residence,
            self.env._("the family residence, on the sheet of the agent"): home,
            self.env._(
                "the insurance of the vehicle for professional use, valid until the last day, on"
                " the sheet of the agent (décret n° 2006-781, art. 10)"
            ): insured,
            **company._get_order_authority_gaps(),
        }
        gaps = [sentence for sentence, value in wanted.items() if not value]
        return [name, *gaps] if name else gaps

    def _get_order_facts(self, now=None):
        """Data printed on the order, as superuser: {rows: [[label, text]], days: [[day, hours]],
        summary}."""
        self.ensure_one()
        slots = self._get_order_slots(now).sorted(lambda s: (s.date, s.half_day))
        rows = [*self._get_order_person(), *self._get_order_place()]
        rows += [*self._get_order_travel(), *self._get_order_terms()]
        return {
            "rows": [[label, words] for label, words in rows if words],
            "validity": slots and self._get_order_validity(slots.mapped("date")) or "",
            "days": slots._group_by_hours(),
            "summary": f"{slots._summarise()}. {slots._describe_pattern()}.",
            "tasks": self.tasks or "",
            "authority": self.env.company._get_order_authority(),
        }

    def _get_order_person(self):
        agent = self.employee_id
        residence = self.env.company._get_administrative_residence()
        home, family = agent.base_commune_id.name, self.departure == "family"
        leaves = (
            with_detail(self.env._("family residence"), home)
            if family
            else with_detail(self.env._("administrative residence"), residence)
        )
        return [
            (
                self.env._("Agent"),
                ", ".join(filter(None, (agent._format_document_name(), after_comma(agent.grade)))),
            ),
            (self.env._("Administrative residence"), residence),
            (self.env._("Family residence"), family and home),
            (self.env._("Departure and return"), leaves),
        ]

    def _get_order_place(self):
        # A place that has no number is no address: the street of the town hall follows it.
        street = not re.search(r"\d", self.workplace or "") and self.commune_id.street
        place = ", ".join(filter(None, (self.workplace, street, self.commune_id.name)))
        post = after_comma(self.request_id.post)
        return [
            (self.env._("Object"), self.env._("Replacement (post: %s)", post)),
            (self.env._("Acts of the civil registry"), self._get_civil_registry_limit()),
            (self.env._("Place of the mission"), place),
            (self.env._("Stops on the way"), self.stops),
            (self.env._("Convention"), self._name_agreements()),
        ]

    @api.depends("slot_ids.date", "slot_ids.state", "agreement_id")
    def _compute_agreement_names(self):
        days = {mission: set(mission._get_planned_slots().mapped("date")) for mission in self}
        found = self.commune_id._get_agreements_of_days(set().union(*days.values()))
        for mission in self:
            own, commune = mission.agreement_id, mission.commune_id
            held = {
                found[day].filtered(lambda one, place=commune: one.commune_id == place)[:1] or own
                for day in days[mission]
            }
            mission.agreement_names = mission._name_agreements() if held - {own} else False

    def _get_planned_slots(self):
        return self.slot_ids.filtered(lambda s: s.state != "cancelled") or self.slot_ids

    def _list_agreements(self):
        """Agreements of the days of the mission: see `_list_agreements` of a commune."""
        days = self._get_planned_slots().mapped("date")
        return self.commune_id._list_agreements(days, self.agreement_id)

    def _name_agreements(self):
        return " ; ".join(
            with_detail(agreement.display_name, days) for agreement, days in self._list_agreements()
        )

    def _get_civil_registry_limit(self):
        """The same sentence on each document of the mission; empty once a delegation is checked."""
        if self.legal_check_done:
            return ""
        mission = self.sudo()
        handed_over = mission.checklist_ids
        return self.request_id._get_civil_registry_limit(
            mission.tasks,
            *mission.amendment_ids.mapped("reason"),
            *handed_over.mapped("name"),
            *handed_over.mapped("note"),
        )

    def _get_order_travel(self):
        words = {
            "own": self.env._(
                "Own vehicle, authorised in the interest of the service (décret n° 2006-781, art."
                " 10). The agent has an insurance that covers without limit the liability of the"
                " agent for all damage caused by the use of the vehicle for professional purposes."
            ),
            "service": self.env._("Vehicle of the service"),
            "public": self.env._("Public transport"),
        }
        classes = dict(self._fields["transport_class"]._description_selection(self.env))
        distance = self.distance_km and self.transport != "public"
        letter, until = self.env["commune.letter"], self.employee_id.vehicle_insurance_until
        own = self.transport == "own" and until
        return [
            (self.env._("Means of transport"), words[self.transport]),
            (
                self.env._("Insurance of the vehicle"),
                own and self.env._("certificate valid until %s", letter._format_date(until)),
            ),
            (
                self.env._("Class"),
                self.transport == "public" and classes[self.transport_class or "second"],
            ),
            (self.env._("Distance, one way"), distance and f"{self.distance_km} km"),
            (self.env._("Other costs foreseen"), self.other_costs or self.env._("None")),
        ]

    def _get_order_terms(self):
        company = self.env.company
        return [
            (
                self.env._("Conditions of payment"),
                company.order_payment_terms
                or self.env._(
                    "On a statement of costs and its receipts, as décret n° 2001-654 says, at the"
                    " rates set under décret n° 2006-781."
                ),
            ),
            (self.env._("Signed by"), company._get_order_authority()),
        ]

    def _get_order_validity(self, days):
        letter = self.env["commune.letter"]
        return self.env._(
            "from %(start)s until %(end)s, for the half-days below (twelve months at most: décret"
            " n° 2001-654, art. 6)",
            start=letter._format_date(min(days)),
            end=letter._format_date(max(days)),
        )
