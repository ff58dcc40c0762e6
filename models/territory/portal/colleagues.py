"""Colleagues of a commune on the portal: who has access, who is invited, who is withdrawn.

Decided in docs/decisions/006. A person with the role `full` invites and withdraws; only staff
posts are created here, elected officials come from the national directory or from the
intercommunality; nobody withdraws the head of the place nor oneself."""

from typing import NamedTuple

from markupsafe import escape

from odoo import SUPERUSER_ID, fields, models
from odoo.tools import email_normalize

from ..mandate.mandate import PORTAL_ACCESS

HEADS = ("mayor", "president")
DAILY_INVITATIONS = 30


class Outcome(NamedTuple):
    """What became of a request: done or not, and the sentence to show."""

    done: bool
    message: str
    field: str = ""  # the field of the form at fault, when there is one
    asked: bool = False  # nothing is wrong: the intercommunality goes on from here


class ResPartner(models.Model):
    _inherit = "res.partner"

    portal_invitation_date = fields.Date(groups="base.group_system", copy=False)
    portal_invitation_count = fields.Integer(
        groups="base.group_system",
        copy=False,
        help="Invitations that the persons of this place sent from the portal on the day of"
        " `portal_invitation_date`.",
    )


class CommunePortalColleague(models.AbstractModel):
    _name = "commune.portal.colleague"
    _description = "Colleagues of a commune on the portal"

    def _get_portal_colleagues(self, place, viewer):
        """Persons in office here with the state of their account, as data for the page.

        :param viewer: the person who looks
        """
        place.ensure_one()
        place._check_portal_role(viewer)
        mandates = place.sudo()._get_current_mandates()
        return [
            self._get_portal_colleague(person, held, viewer)
            for person, held in mandates.grouped("partner_id").items()
        ]

    def _get_portal_colleague(self, person, mandates, viewer):
        roles = mandates.filtered("portal_role")
        opening = roles.filtered_domain(PORTAL_ACCESS)
        if opening:
            state = opening[0].portal_state
        else:
            state = "withdrawn" if roles.filtered("portal_blocked") else "no_access"
        head = any(mandate.function_id.code in HEADS for mandate in mandates)
        return {
            "id": person.id,
            "name": person.name,
            "titles": ", ".join(dict.fromkeys(mandates.mapped("title"))),
            "kind": mandates[0].kind,
            "state": state,
            "has_email": bool(email_normalize(person.email)),
            "is_viewer": person == viewer,
            "can_invite": state in ("none", "invited", "lost"),
            "can_withdraw": state in ("invited", "lost", "active")
            and not head
            and person != viewer,
            "can_restore": state == "withdrawn" and person != viewer,
        }

    def _find_portal_colleague(self, place, person_id, viewer):
        """Mandates in office here of this person, as superuser; empty for anybody else."""
        place.ensure_one()
        place._check_portal_role(viewer)
        return place.sudo()._get_current_mandates([("partner_id", "=", person_id)])

    # changes

    def _invite_colleague(self, place, mandates, email, author):
        """Invite a person in office here, or send the invitation again.

        :param mandates: what the person holds here, from `_find_portal_colleague`
        :param email: address typed for a person who has none; ignored for the others
        """
        self._check_acts_on(place, mandates, author)
        place, person = place.sudo(), mandates.partner_id  # the author writes no contact
        self = place.env[self._name]
        accounts = person.env["commune.portal.account"]
        problem = accounts._get_portal_problems(person).get(person)
        code = problem and problem.code
        if code == "taken":
            return self._get_taken_email_outcome(place, person.email, author)
        if code and code not in ("no_email", "bad_email"):
            return Outcome(False, problem.sentence)
        if not self._get_invitations_left(place):
            return self._get_daily_limit_outcome(place)
        if code:
            refusal = self._give_email(place, person, email, author)
            if refusal:
                return refusal
        self._count_invitation(place)
        accounts._invite_to_portal(person)
        self._log_on_contact(
            place,
            self.env._(
                "%(person)s was invited to the portal by %(author)s.",
                person=person.name,
                author=author.name,
            ),
            author,
        )
        return Outcome(True, self.env._("%s has been sent an invitation by e-mail.", person.name))

    def _give_email(self, place, person, email, author):
        """Write the address of a person who has none; anyone who holds something elsewhere too
        gets it from the staff: it will open the other commune as well.

        :return: Outcome when it is refused, None when it is written
        """
        normalized = email_normalize(email)
        if not normalized:
            return self._get_invalid_email_outcome(email)
        if not self._outranks(place, author, person):
            self._ask_staff_for_email(place, person, normalized, author)
            return Outcome(
                False,
                self.env._(
                    "The address of %s opens an account that acts or votes for the commune: the"
                    " intercommunality checks it with the town hall, then sends the invitation."
                    " You have nothing more to do.",
                    person.name,
                ),
                asked=True,
            )
        places = person.held_mandate_ids.filtered(lambda m: m.state != "ended").commune_id
        if places - place:
            self._ask_staff_for_email(place, person, normalized, author)
            return Outcome(
                False,
                self.env._(
                    "%s also holds a function elsewhere: the intercommunality will check the"
                    " address and send the invitation.",
                    person.name,
                ),
                asked=True,
            )
        if self._get_holders_of_email(place, normalized) - person:
            return self._get_taken_email_outcome(place, normalized, author)
        person.email = normalized
        return None

    def _outranks(self, place, author, person):
        """Whether the author ranks above the person whose account the typed address will open.

        Otherwise a secretary could log in as the mayor with an address of her own."""
        own = place._get_portal_mandates(author)
        held = place.mandate_ids.filtered(lambda m: m.partner_id == person)
        current = held.filtered(lambda m: m.state != "ended")
        return min(own.mapped("function_sequence")) < min(current.mapped("function_sequence"))

    def _ask_staff_for_email(self, place, person, email, author):
        self._ask_staff(
            place,
            "partner_invite",
            person.name,
            self.env._(
                "Invite %s to the portal: an e-mail address is proposed, check it", person.name
            ),
            self.env._(
                "%(author)s gives: %(email)s. Call the town hall, on the number that you know,"
                " before you write this address.",
                author=author.name,
                email=email,
            ),
        )

    def _withdraw_colleague(self, place, mandates, author):
        """Take the access to this place, and to this place only."""
        self._check_acts_on(place, mandates, author)
        person = mandates.partner_id
        if person == author:
            return Outcome(False, self.env._("You cannot withdraw your own access."))
        if mandates.filtered(lambda m: m.function_id.code in HEADS):
            return Outcome(False, self.env._("The access of the mayor or the president stays."))
        mandates._set_portal_blocked(True, author)
        return Outcome(
            True,
            self.env._(
                "%s does not see the commune any more. You can give the access back.", person.name
            ),
        )

    def _restore_colleague(self, place, mandates, author):
        self._check_acts_on(place, mandates, author)
        mandates._set_portal_blocked(False, author)
        return Outcome(True, self.env._("%s has access again.", mandates.partner_id.name))

    # helpers: the place and the persons are superuser records

    def _check_acts_on(self, commune, mandates, author):
        """:raise AccessError: the author does not act for the place where these are held"""
        for place in commune | mandates.commune_id:
            place._check_portal_role(author)

    def _get_invitations_left(self, commune):
        """How many invitations the persons of this place may still send today."""
        if commune.portal_invitation_date != self.env.company._get_today():
            return DAILY_INVITATIONS
        return max(0, DAILY_INVITATIONS - commune.portal_invitation_count)

    def _count_invitation(self, place):
        left = self._get_invitations_left(place)
        place.write(
            {
                "portal_invitation_date": self.env.company._get_today(),
                "portal_invitation_count": DAILY_INVITATIONS - left + 1,
            }
        )

    def _get_daily_limit_outcome(self, place):
        return Outcome(
            False,
            self.env._(
                "%(count)s invitations have been sent today for %(place)s: the next ones can be"
                " sent tomorrow.",
                count=DAILY_INVITATIONS,
                place=place.brand_name or place.name,
            ),
        )

    def _get_invalid_email_outcome(self, email):
        if not (email or "").strip():
            return Outcome(False, self.env._("Type an e-mail address."), "email")
        return Outcome(
            False,
            self.env._("“%s” is not a valid e-mail address, for example a.martin@ville.fr.", email),
            "email",
        )

    def _get_holders_of_email(self, place, email):
        """Persons and other communes that use this address, accounts included, as superuser.

        The address of the town hall itself is free until somebody here has an account with it.
        """
        env = self.sudo().env
        partners = env["res.partner"].with_context(active_test=False)
        users = env["res.users"].with_context(active_test=False)
        found = partners.search([("email_normalized", "=", email), ("id", "!=", place.id)])
        domain = self.env["commune.portal.account"]._get_account_domain([email])
        return found | users.search(domain).partner_id

    def _get_taken_email_outcome(self, place, email, author):
        """Name the holder of the address if he is of this place; otherwise leave it to the staff.

        The address may be that of a person who serves several communes, whom the answer must not
        reveal.
        """
        email = email_normalize(email)
        known = self._get_holders_of_email(place, email) & place.mandate_ids.partner_id
        if known:
            message = self.env._(
                "This address is that of %s: an account opens with an address of one’s own.",
                known[0].name,
            )
            return Outcome(False, message, "email")
        if not self._get_invitations_left(place):
            return self._get_daily_limit_outcome(place)
        # Counted: addresses are not tried one after the other.
        self._count_invitation(place)
        self._ask_staff(
            place,
            "partner_known_email",
            email,
            self.env._("Check an e-mail address that is already in use: %s", email),
            self.env._("%s wants to invite a colleague with it.", author.name),
        )
        return Outcome(
            False,
            self.env._("This address is already in use; the relations with communes will check."),
            "email",
        )

    def _ask_staff(self, commune, kind, about, summary, note):
        """One activity on the commune for anyone who runs the relations with communes.

        :param kind: activity type; `about`: see `_schedule_once`
        """
        # OdooBot writes: a person of the commune may have no address to write from.
        place = commune.with_user(SUPERUSER_ID)
        place._schedule_once(
            kind,
            about,
            summary=summary,
            note=escape(note),  # HTML: names are as people typed them
            user_id=place.env["commune.portal.colleague"]._get_relations_manager(place).id,
        )

    def _get_relations_manager(self, place):
        """Who looks after a commune: anyone who follows it, else the last manager named rather than
        the administrator."""
        users = self.env["res.users"]
        return (
            place.user_id & users._get_organisation_managers()
        ) or users._get_organisation_manager()

    def _log_on_contact(self, place, body, author):
        place._message_log(body=body, author_id=author.id)
