"""Acts of both assemblies: vote, transmission to the State, publication, and their order.

A deliberation is enforceable once it is published and transmitted to the representative of the
State (CGCT, L2131-1; L5211-3 for an intercommunality): anyone who signs before has no power to.
Opinion ≤ vote ≤ transmission and publication ≤ signature ≤ first day, unless the agreement itself
provides for a retroactive effect. (Read in November 2026; to be confirmed by the legal department.)
"""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

SIDES = ("commune", "epci")
# {side}_… : what comes first, what does not come before it.
STEPS = (
    ("opinion_date", "deliberation_date"),
    ("deliberation_date", "transmission_date"),
    ("deliberation_date", "publication_date"),
    ("deliberation_date", "signature_date"),
    ("transmission_date", "signature_date"),
    ("publication_date", "signature_date"),
)
BEFORE_START = ("deliberation_date", "signature_date")
NEEDED = ("deliberation_ref", "deliberation_date", "transmission_date", "publication_date")
COMPLETED = {
    f"{side}_{name}" for side in SIDES for name in ("transmission_date", "publication_date")
}
DATES = {f"{side}_{name}" for side in SIDES for step in STEPS for name in step}


def _act_date(label):
    return fields.Date(string=label, tracking=True, copy=False)


def _check_steps(side):
    """SQL of the order of the acts of a side; a draft is still being written, and what was signed
    before these dates were kept stays as it was signed."""
    steps = " AND ".join(f"{side}_{first} <= {side}_{then}" for first, then in STEPS)
    return f"CHECK(state = 'draft' OR before_acts IS TRUE OR ({steps}))"


def _check_first_day():
    days = " AND ".join(f"{side}_{name} <= start_date" for side in SIDES for name in BEFORE_START)
    return f"CHECK(state = 'draft' OR before_acts IS TRUE OR is_retroactive IS TRUE OR ({days}))"


class Agreement(models.Model):
    _inherit = "agreement"

    commune_deliberation_ref = fields.Char(string="Deliberation of the commune")
    commune_deliberation_date = fields.Date(string="Date of the commune’s deliberation")
    commune_transmission_date = _act_date("Deliberation of the commune transmitted to the State on")
    commune_publication_date = _act_date("Deliberation of the commune published on")
    commune_signature_date = _act_date("Signed by the commune on")
    epci_deliberation_ref = fields.Char(string="Deliberation of the intercommunality")
    epci_deliberation_date = fields.Date(string="Date of the intercommunality’s deliberation")
    epci_transmission_date = _act_date(
        "Deliberation of the intercommunality transmitted to the State on"
    )
    epci_publication_date = _act_date("Deliberation of the intercommunality published on")
    epci_signature_date = _act_date("Signed by the intercommunality on")
    is_retroactive = fields.Boolean(
        string="Takes effect retroactively",
        tracking=True,
        copy=False,
        help="The first day comes before the votes or the signatures: the convention says so, and"
        " why. To be confirmed by the legal department.",
    )
    retroactive_reason = fields.Text(string="Why it is retroactive", copy=False)
    before_acts = fields.Boolean(
        string="Signed before these dates were kept",
        readonly=True,
        copy=False,
        help="Signed before version 19.0.1.10.0: it stays as it was signed; the dates that are"
        " missing may be added.",
    )
    acts_missing = fields.Char(string="To be completed", compute="_compute_acts_missing")
    _commune_acts_check = models.Constraint(
        _check_steps("commune"),
        "Acts of the commune: opinion, vote, transmission to the State and publication,"
        " then signature.",
    )
    _epci_acts_check = models.Constraint(
        _check_steps("epci"),
        "Acts of the intercommunality: opinion, vote, transmission to the State and publication,"
        " then signature.",
    )
    _first_day_check = models.Constraint(
        _check_first_day(),
        "A convention takes effect after both votes and both signatures, unless it says that it is"
        " retroactive.",
    )
    _retroactive_check = models.Constraint(
        "CHECK(is_retroactive IS NOT TRUE OR COALESCE(retroactive_reason, '') <> '')",
        "A retroactive effect has its reason.",
    )

    @api.depends(*(f"{side}_{name}" for side in SIDES for name in NEEDED), "state")
    def _compute_acts_missing(self):
        """Of what is in force without these dates: nothing is blocked, they are to be added."""
        needed = self.env["commune.agreement.acts"]._get_needed_acts()
        for agreement in self:
            out = agreement.state not in ("draft", "deliberated") and agreement.before_acts
            labels = agreement._get_missing_labels(needed) if out else []
            agreement.acts_missing = ", ".join(labels)

    @api.constrains("start_date", "is_retroactive", *sorted(DATES))
    def _check_acts_dates(self):
        acts = self.env["commune.agreement.acts"]
        acts._check_not_to_come(self)
        for agreement in self:
            if problem := acts._get_order_problem(agreement):
                raise ValidationError(problem)

    def _get_common(self, name):
        """The value of a field, when all these agreements have the same."""
        values = set(self.mapped(name))
        return values.pop() if len(values) == 1 else False

    def _check_record_state(self, vals):
        """Once a side has signed, what allowed it is completed, and not rewritten."""
        for agreement in self.filtered(lambda a: a._get_signed_sides()):
            for name in COMPLETED & vals.keys():
                if agreement[name] and agreement[name] != fields.Date.to_date(vals[name]):
                    agreement._raise_signed()
        return super()._check_record_state(vals)


class CommuneAgreementActs(models.AbstractModel):
    _name = "commune.agreement.acts"
    _description = "Acts of both assemblies on an agreement, and their order"

    @api.model
    def _get_needed_acts(self):
        return [f"{side}_{name}" for side in SIDES for name in NEEDED]

    def _check_not_to_come(self, agreements):
        """A date of what has been done is not still to come."""
        today = self.env.company._get_today()
        for agreement in agreements:
            for name in self._order_dates():
                if agreement[name] and agreement[name] > today:
                    raise ValidationError(
                        self.env._(
                            "“%(label)s”: %(date)s is still to come. Write it once it is done.",
                            label=agreement._label_fields([name])[0],
                            date=self.env.company._format_document_date(agreement[name]),
                        )
                    )

    @api.model
    def _order_dates(self):
        return [name for name in self.env["agreement"]._fields if name in DATES]

    def _get_order_problem(self, agreement):
        """The first two dates that are in the wrong order, as a sentence; empty when none is."""
        agreement.ensure_one()
        if agreement.before_acts and agreement.state not in ("draft", "deliberated"):
            return ""
        for side in SIDES:
            for first, then in STEPS:
                if self._is_disordered(agreement, f"{side}_{first}", f"{side}_{then}"):
                    return self._describe_disorder(agreement, f"{side}_{first}", f"{side}_{then}")
            for first in () if agreement.is_retroactive else BEFORE_START:
                if self._is_disordered(agreement, f"{side}_{first}", "start_date"):
                    return self._describe_disorder(agreement, f"{side}_{first}", "start_date")
        return ""

    def _is_disordered(self, agreement, first, then):
        return bool(agreement[first] and agreement[then] and agreement[first] > agreement[then])

    def _describe_disorder(self, agreement, first, then):
        day = self.env.company._format_document_date
        first_label, then_label = agreement._label_fields([first, then])
        return self.env._(
            "“%(first)s” (%(first_day)s) comes after “%(then)s” (%(then_day)s). %(law)s",
            first=first_label,
            first_day=day(agreement[first]),
            then=then_label,
            then_day=day(agreement[then]),
            law=self._get_law_of(then),
        )

    def _get_law_of(self, then):
        """What the law asks for before a step, in a sentence."""
        if then.endswith("deliberation_date"):
            return self.env._("The staff committee gives its opinion before the assembly votes.")
        if then == "start_date" and self.env.context.get("commune_words"):
            return self.env._(
                "A convention takes effect once both sides have voted and signed: call us if its"
                " first day has to change."
            )
        if then == "start_date":
            return self.env._(
                "A convention takes effect once both sides have voted and signed; if its text says"
                " otherwise, tick “Takes effect retroactively” and write why."
            )
        return self.env._(
            "A deliberation is voted, then published and transmitted to the representative of the"
            " State: it allows the signature from then on (CGCT, art. L. 2131-1 and L. 5211-3)."
        )

    def _get_acts_problem(self, agreement):
        """Obstacle to a signature today, with the legal requirement, as a sentence; else empty."""
        agreement.ensure_one()
        missing = agreement._get_missing_labels(self._get_needed_acts())
        if missing:
            return self.env._(
                "Before the signature, fill in: %(fields)s. %(law)s",
                fields=", ".join(missing),
                law=self._get_law_of("signature_date"),
            )
        return self._get_order_problem(agreement)

    def _check_acts_done(self, agreement):
        """:raise UserError: the sentence of `_get_acts_problem`"""
        if problem := self._get_acts_problem(agreement):
            raise UserError(problem)


class CommuneAgreementDocument(models.AbstractModel):
    _inherit = "commune.agreement.document"

    def _describe_adoption(self, agreements, side):
        """Describe the votes on these agreements; empty before.

        Attendance and vote counts are unknown here: the act itself is the extract of the register.
        """
        votes = {self._describe_deliberation(agreement, side) for agreement in agreements}
        vote = votes.pop() if len(votes) == 1 else ""
        if not vote:
            return ""
        day, facts = self.env.company._format_document_date, []
        facts.append(self.env._("Adopted by the deliberation %s", vote))
        if sent := agreements._get_common(f"{side}_transmission_date"):
            facts.append(self.env._("transmitted on %s", day(sent)))
        if published := agreements._get_common(f"{side}_publication_date"):
            facts.append(self.env._("published on %s", day(published)))
        return self.env._(
            "Text put to the vote. %s; the extract of the register is that of the assembly.",
            ", ".join(facts),
        )
