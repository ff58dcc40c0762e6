"""Who signs for the intercommunality: its president, or a vice-president or an officer by
delegation, never the person who signs for the commune.

The president may delegate the signature by an order, under his or her watch and responsibility
(CGCT, L5211-9). Anyone who signs for the intercommunality and is the mayor of the commune does not
contract with himself or herself, nor by a deputy who signs in his or her name: where the interests
of a mayor conflict with the commune's, the council designates another of its members to represent
it in contracts (L2122-26), and so for a president (L5211-2). No article forbids the two signatures
in so many words; the first vice-president is proposed. (Read in November 2026; to be confirmed by
the legal department.)"""

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ....engine.text import names_person
from ...core.window_actions import open_dialog
from ...territory.mandate.mandate import OPENING
from ...territory.partner.selectable import check_selectable


class CommuneMandate(models.Model):
    _inherit = "commune.mandate"

    sign_delegation_ref = fields.Char(
        string="Delegation of signature",
        copy=False,
        help="Order of the president, with its date: “arrêté n° 2026-14 du 2 avril 2026”. Its"
        " holder signs the conventions for which he or she is named.",
    )
    sign_delegation_start = fields.Date(string="Delegation from", copy=False)
    sign_delegation_end = fields.Date(string="Delegation until", copy=False)
    _sign_delegation_check = models.Constraint(
        "CHECK(sign_delegation_end IS NULL OR sign_delegation_start IS NULL"
        " OR sign_delegation_end >= sign_delegation_start)",
        "A delegation cannot end before it starts.",
    )

    def _get_delegation_problem(self):
        """Why this mandate does not let its holder sign today, as a sentence; empty if it does."""
        self.ensure_one()
        today = self.env.company._get_today()
        if self.function_id.signs_agreements:
            return ""
        start, end = self.sign_delegation_start, self.sign_delegation_end
        if not (self.sign_delegation_ref and start):
            return self.env._(
                "%s signs by delegation: write its reference and its first day on the mandate.",
                self.partner_id.name,
            )
        if start > today or (end and end < today):
            return self.env._(
                "The delegation of %(person)s (%(reference)s) does not hold today.",
                person=self.partner_id.name,
                reference=self.sign_delegation_ref,
            )
        return ""

    def _get_signing_capacity(self):
        """“Présidente”, “Première vice-présidente, par délégation (arrêté n° 12)”."""
        self.ensure_one()
        if self.function_id.signs_agreements or not self.sign_delegation_ref:
            return self.title or ""
        return self.env._(
            "%(title)s, by delegation (%(reference)s)",
            title=self.title,
            reference=self.sign_delegation_ref,
        )


class Agreement(models.Model):
    _inherit = "agreement"

    epci_signatory_id = fields.Many2one(
        "res.partner",
        string="Signs for the intercommunality by delegation",
        copy=False,
        ondelete="restrict",
        groups="base.group_user",
        domain="[('held_mandate_ids.commune_id.is_epci', '=', True)]",
        help="Empty: the president signs, or the first vice-president when the president is the"
        " mayor of the commune or signs for it. The delegation is written on the mandate.",
        index="btree_not_null",
    )
    document_epci_id = fields.Many2one(
        "res.partner",
        string="Named in the text for the intercommunality",
        readonly=True,
        copy=False,
        ondelete="restrict",
        groups="base.group_user",
        index="btree_not_null",
    )
    epci_signatory = fields.Char(
        string="Signed on paper for the intercommunality by",
        help="Name and function: “Anne EXEMPLE, vice-présidente”.",
    )
    epci_sign_name = fields.Char(
        string="Signed for the intercommunality by", readonly=True, copy=False, tracking=True
    )
    epci_sign_title = fields.Char(string="For the intercommunality, as", readonly=True, copy=False)
    epci_sign_date = fields.Datetime(
        string="Signed for the intercommunality, here, on", readonly=True, copy=False
    )
    epci_sign_partner_id = fields.Many2one(
        "res.partner",
        string="Signatory of the intercommunality",
        readonly=True,
        copy=False,
        ondelete="restrict",
        groups="base.group_user",
        index="btree_not_null",
    )
    epci_signature = fields.Image(
        string="Signature for the intercommunality",
        readonly=True,
        copy=False,
        attachment=True,
        max_width=1024,
        max_height=1024,
        groups="base.group_user",
    )
    epci_paper_signature = fields.Boolean(
        string="Signed on paper for the intercommunality", readonly=True, copy=False
    )
    epci_signer = fields.Char(
        string="Signs for the intercommunality",
        compute="_compute_epci_signer",
        groups="base.group_user",
    )
    epci_can_sign = fields.Boolean(
        string="Signs for the intercommunality here",
        compute="_compute_epci_signer",
        groups="base.group_user",
    )
    _two_signatories_check = models.Constraint(
        "CHECK(sign_partner_id <> epci_sign_partner_id)",
        "Nobody signs for both sides of a convention.",
    )
    _both_signed_check = models.Constraint(
        "CHECK(commune_id IS NULL OR state IN ('draft', 'deliberated', 'terminated')"
        " OR before_acts IS TRUE OR ((sign_date IS NOT NULL OR paper_signature IS TRUE)"
        " AND (epci_sign_date IS NOT NULL OR epci_paper_signature IS TRUE)))",
        "A convention binds when both sides have signed it.",
    )

    @api.constrains("epci_signatory_id")
    def _check_epci_signatory(self):
        check_selectable(self, "epci_signatory_id", place=None)

    @api.depends("epci_signatory_id", "document_epci_id", "signatory_id", "state", "signature_step")
    @api.depends_context("uid")
    def _compute_epci_signer(self):
        signatory = self.env["commune.agreement.signatory"]
        held = signatory._get_epci_mandates()
        for agreement in self:
            mandate = agreement.commune_id and signatory._get_epci_mandate(agreement, held)
            agreement.epci_signer = mandate and signatory._name_mandate(agreement, mandate)
            agreement.epci_can_sign = bool(
                mandate
                and agreement.state == "deliberated"
                and agreement.signature_step in ("none", "commune")
                and mandate.partner_id == self.env.user.partner_id
            )

    def action_sign_epci(self):
        """The window in which anyone who represents the intercommunality signs."""
        self.ensure_one()
        self.check_access("read")
        self._check_state("deliberated")
        self.env["commune.agreement.signatory"]._get_own_epci_mandate(self)
        return open_dialog(
            self,
            "commune.agreement.sign",
            self.env._("Sign for the intercommunality"),
            default_agreement_id=self.id,
            default_name=self.env.user.name,
        )


class CommuneAgreementSignatory(models.AbstractModel):
    _name = "commune.agreement.signatory"
    _description = "Who signs an agreement for each side"

    @api.model
    def _get_epci_mandates(self):
        """Mandates and posts of the intercommunality today, as superuser."""
        epci = self.env.company._get_epci()
        mandates = self.env["commune.mandate"].sudo()
        return mandates.search(Domain(OPENING) & Domain("commune_id", "=", epci.id))

    def _get_commune_signatory(self, agreement):
        """Who signs, or has signed, for the commune."""
        agreement = agreement.sudo()
        return agreement.sign_partner_id or agreement.signatory_id or agreement.commune_id.mayor_id

    def _get_commune_side(self, agreement):
        """Who does not sign for the intercommunality: anyone who signs for the commune, and its
        mayor, in whose name a deputy signs by delegation."""
        return self._get_commune_signatory(agreement) | agreement.sudo().commune_id.mayor_id

    def _get_epci_mandate(self, agreement, held=None):
        """The mandate by which the intercommunality is represented, as superuser: of the person
        whom the text names, else of anyone who was chosen, else of the president, or of the first
        vice-president when the president is on the side of the commune.

        :param held: mandates of the intercommunality, when they were read already
        """
        agreement.ensure_one()
        held, agreement = self._get_epci_mandates() if held is None else held, agreement.sudo()
        if chosen := agreement.document_epci_id or agreement.epci_signatory_id:
            own = held.filtered(lambda m: m.partner_id == chosen)
            return own.sorted(lambda m: bool(m._get_delegation_problem()))[:1]
        president = held.filtered("function_id.signs_agreements")[:1]
        side = self._get_commune_side(agreement)
        if president and self._find_double(agreement, president.partner_id, side):
            others = held.filtered(lambda m: not self._find_double(agreement, m.partner_id, side))
            return self._get_first_vice_president(others)
        return president

    @api.model
    def _get_first_vice_president(self, held):
        """:param held: mandates of the intercommunality"""
        others = held.filtered(lambda m: m.function_id.code == "vice_president")
        return others.sorted(lambda m: (m.rank or len(others) + 1, m.id))[:1]

    def _name_epci_signatory(self, agreement):
        """“Madame Paule PRESLE, présidente”: who represents the intercommunality, in what
        capacity."""
        mandate = self._get_epci_mandate(agreement)
        return self._name_mandate(agreement, mandate) if mandate else ""

    def _name_mandate(self, agreement, mandate):
        title = mandate._get_signing_capacity()
        return f"{agreement._name_person(mandate.partner_id)}, {title[:1].lower()}{title[1:]}"

    def _get_epci_problem(self, agreement):
        """Why nobody signs this text for the intercommunality, as a sentence; empty if one may."""
        agreement.ensure_one()
        mandate, named = self._get_epci_mandate(agreement), agreement.sudo().document_epci_id
        if not mandate and named:
            return self.env._(
                "The text names %s, who no longer acts for the intercommunality: take it back to"
                " draft, then send it to the signature again.",
                named.name,
            )
        if not mandate:
            return self.env._(
                "Nobody is known to sign for the intercommunality: write the mandate of its"
                " president, or of its first vice-president with the delegation."
            )
        return mandate._get_delegation_problem()

    def _get_paper_signatories(self, agreement, side):
        """Known signatories on paper.

        For the intercommunality: persons whom the typed name designates, else the person chosen or
        the president; nobody when the name matches none."""
        agreement.ensure_one()
        if side == "commune":
            return self._get_commune_signatory(agreement)
        held, typed = self._get_epci_mandates(), agreement.epci_signatory
        if typed:
            return self._get_typed_signatories(agreement)
        president = held.filtered("function_id.signs_agreements")[:1].partner_id
        if (
            president
            and not agreement.epci_signatory_id
            and self._find_double(agreement, president, self._get_commune_side(agreement))
        ):
            return president.browse()
        return self._get_epci_mandate(agreement, held).partner_id

    def _get_typed_signatories(self, agreement):
        """Persons of the intercommunality whom the name typed for a signature on paper
        designates; empty when it designates nobody known."""
        persons, typed = self._get_epci_mandates().partner_id, agreement.epci_signatory or ""
        return persons.filtered(lambda person: names_person(typed, person.name or ""))

    def _get_possible_signatories(self, agreement):
        """Possible signatories of the intercommunality when no name designates one.

        Its president, its vice-presidents, those who hold a delegation, and the person who was
        chosen or is named."""
        held = self._get_epci_mandates().filtered(
            lambda m: (
                m.function_id.signs_agreements
                or m.function_id.code == "vice_president"
                or m.sign_delegation_ref
            )
        )
        return held.partner_id | agreement.document_epci_id | agreement.epci_signatory_id

    def _get_own_epci_mandate(self, agreement):
        """The mandate by which the person at the screen signs for the intercommunality.

        :raise AccessError: somebody else signs
        """
        agreement.ensure_one()
        mandate = self._get_epci_mandate(agreement)
        if not mandate or mandate.partner_id != self.env.user.partner_id:
            raise AccessError(
                self._get_epci_problem(agreement)
                or self.env._(
                    "%s signs for the intercommunality.", self._name_epci_signatory(agreement)
                )
            )
        return mandate

    def _sign_for_epci(self, agreement, name, signature):
        """The intercommunality signs, once, the text that was shown.

        :param name: as typed beside the signature
        :param signature: PNG in base64
        :raise UserError: a sentence for the person who signs
        """
        agreement.ensure_one()
        agreement._sign_in_office(self._get_own_epci_mandate(agreement), name, signature)

    def _ask_epci_signature(self, agreements):
        """Notify the signatory of the intercommunality that the commune has signed.

        A signatory without access to the button signs on paper: the officer in charge of the
        agreement is notified."""
        for agreement in agreements.sudo().filtered(lambda a: a.signature_step == "commune"):
            signer = agreement.env["commune.agreement.signatory"]._get_epci_user(agreement)
            owner = agreement.user_id or self.env.company._get_service_manager()
            user = signer or owner
            localised = agreement.with_context(lang=user.lang)
            signatory = localised.env["commune.agreement.signatory"]
            prepare = (
                signatory._prepare_signer_activity if signer else signatory._prepare_owner_activity
            )
            values = prepare(localised)
            localised._schedule_once("agreement_epci_sign", user_id=user.id, **values)

    def _get_epci_user(self, agreement):
        """The account that has the button to sign for the intercommunality, and may press it
        today; empty when there is none."""
        agreement.ensure_one()
        if self._get_epci_problem(agreement):
            return self.env["res.users"]
        users = self._get_epci_mandate(agreement).partner_id.user_ids.filtered(
            lambda user: not user.share and agreement.with_user(user).has_access("read")
        )
        return users.filtered(lambda user: agreement.with_user(user).epci_can_sign)[:1]

    def _prepare_signer_activity(self, agreement):
        name = agreement.commune_id.name
        return {"summary": self.env._("%s has signed: sign for the intercommunality", name)}

    def _prepare_owner_activity(self, agreement):
        words = {
            "commune": agreement.commune_id.name,
            "person": self._name_epci_signatory(agreement),
        }
        summary = self.env._("%(commune)s has signed: nobody signs for us yet", **words)
        if words["person"]:
            summary = self.env._("%(commune)s has signed: to be signed by %(person)s", **words)
        problem = self._get_epci_problem(agreement)
        note = problem or self.env._(
            "%(person)s signs for the intercommunality and has no account that opens this"
            " convention. Have it signed on paper, write the day and press “Note the signature on"
            " paper”; or have an account opened.",
            **words,
        )
        return {"summary": summary, "note": note}
