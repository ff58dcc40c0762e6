"""One person does not sign for both sides, under one contact or two; two persons may bear one name.

Anyone who signs for the intercommunality and is the mayor of the commune does not contract with
himself or herself: the council designates another of its members (CGCT, L2122-26, and L5211-2 for
a president). Asked of every signature, on the portal, in the office and on paper."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ....engine.text import may_name_person, names_person, same_name
from .agreement import SIGNED


class Agreement(models.Model):
    _inherit = "agreement"

    namesake_reason = fields.Text(
        string="Two persons of one name",
        copy=False,
        tracking=True,
        groups="base.group_user",
        help="The signatories of both sides have the same name: how you"
        " know that these are two persons. Kept in the thread, with your name and the date.",
    )

    def _check_new_namesake_authors(self, vals_list):
        if not self.env.su:
            explained = self.sudo().filtered("namesake_reason").with_env(self.env)
            explained.env["commune.agreement.signatory"]._check_namesake_author(explained)

    def _check_record_state(self, vals):
        if "namesake_reason" in vals:
            if signed := self.filtered(lambda a: a.state in SIGNED):
                signed._raise_signed()
            self.env["commune.agreement.signatory"]._check_namesake_author(self)
        return super()._check_record_state(vals)


class CommuneAgreementSignatory(models.AbstractModel):
    _inherit = "commune.agreement.signatory"

    def _is_namesake(self, person, other):
        """“Anne AUBRY” and “Aubry, Anne”."""
        return same_name(person.name or "", other.name or "")

    def _check_namesake_author(self, agreements):
        """:raise UserError: the signatory declares this about himself or herself"""
        me = self.env.user.partner_id
        for agreement in agreements:
            persons = (
                self._get_commune_signatory(agreement)
                | self._get_epci_mandate(agreement).partner_id
            )
            if me._find_same_person(persons) or any(self._is_namesake(me, p) for p in persons):
                raise UserError(self.env._("A colleague who does not sign it writes this."))

    def _find_double(self, agreement, person, others):
        """Which of these persons is that one, under this contact or another; empty when none."""
        return next(
            (one for one in others if self._is_one_person(agreement, person, one)), others.browse()
        )

    def _is_one_person(self, agreement, person, other):
        """Whether two contacts are one person, as far as this agreement knows.

        :param other: may be empty
        """
        if not other:
            return False
        if person._find_same_person(other):
            return True
        return self._is_namesake(person, other) and not agreement.namesake_reason

    # what each signature asks

    def _check_single_side(self, agreement, side, signatories, typed=""):
        """:raise UserError: anyone who signs for this side acts for the other one

        :param signatories: who signs, as far as is known
        :param typed: the name that a signature on paper bears
        """
        if problem := self._get_double_problem(agreement, side, signatories, typed):
            raise UserError(problem)

    def _get_double_problem(self, agreement, side, signatories, typed=""):
        """Why they do not sign for this side, as a sentence; empty when they may.

        :param signatories, typed: as in `_check_single_side`
        """
        agreement.ensure_one()
        agreement = agreement.sudo()
        if side == "epci":
            commune_side, epci_side = self._get_commune_side(agreement), signatories
        elif "epci" in agreement._get_signed_sides():
            commune_side, typed = signatories, agreement.epci_signatory
            epci_side = agreement.epci_sign_partner_id or self._get_typed_signatories(agreement)
        else:
            return ""
        for person in commune_side:
            if other := self._find_double(agreement, person, epci_side):
                signatory = other if side == "epci" else person
                same = bool(person._find_same_person(other))
                return self._describe_double(agreement, signatory, same)
            if not epci_side and self._is_typed_namesake(agreement, person, typed):
                return self._describe_double(agreement, person, same=False)
            if not epci_side and self._may_be_typed(agreement, person, typed):
                return self.env._(
                    "“%(typed)s” may be %(person)s, who acts for the commune, and nobody signs for"
                    " both (%(law)s): write the first name and the name of who signed for the"
                    " intercommunality.",
                    typed=typed,
                    person=person.name,
                    law=self._get_opposed_law(),
                )
        return "" if epci_side else self._get_unnamed_problem(agreement, commune_side)

    def _get_unnamed_problem(self, agreement, persons):
        """A signature for the intercommunality that is of nobody known: why it may be of one of
        these persons of the commune, as a sentence; empty when it may not."""
        possible = self._get_possible_signatories(agreement)
        double = next((one for one in persons if self._find_double(agreement, one, possible)), None)
        if not double:
            return ""
        return self.env._(
            "%(person)s, who may sign for the intercommunality, is on the side of the commune and"
            " does not sign for both (%(law)s): write the first name and the name of who signed,"
            " as the directory has them, in “Signed on paper for the intercommunality by”.",
            person=double.name,
            law=self._get_opposed_law(),
        )

    @api.model
    def _get_opposed_law(self):
        return self.env._("CGCT, art. L. 2122-26 and L. 5211-2")

    def _is_typed_namesake(self, agreement, person, typed):
        """Whether a signature on paper bears the name of a person, without a note that these are
        two persons."""
        return names_person(typed or "", person.name or "") and not agreement.namesake_reason

    def _may_be_typed(self, agreement, person, typed):
        """Whether initials or a title may mean a person of the commune, as above."""
        places = f"{agreement.commune_id.name or ''} {self.env.company._get_organisation_name()}"
        may_be = may_name_person(typed or "", person.name or "", places)
        return may_be and not agreement.namesake_reason

    def _describe_double(self, agreement, signatory, same):
        """:param same: whether both sides are surely one person, and not two of one name"""
        if not same:
            return self.env._(
                "%(person)s bears the name of the person who signs for the other side, and nobody"
                " signs for both (%(law)s). If these are two persons, an officer writes how that"
                " is known on the convention, in “Two persons of one name”.",
                person=signatory.name,
                law=self._get_opposed_law(),
            )
        side = self._get_commune_side(agreement)
        held = self._get_epci_mandates().filtered(
            lambda m: not self._find_double(agreement, m.partner_id, side)
        )
        proposed = self._get_first_vice_president(held)
        return self.env._(
            "%(person)s acts for the other side: nobody signs for both (%(law)s). For the"
            " intercommunality, the first vice-president who may is proposed (%(proposed)s).",
            person=signatory.name,
            law=self._get_opposed_law(),
            proposed=proposed.partner_id.name or self.env._("not known yet"),
        )
