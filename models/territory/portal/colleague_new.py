"""A new colleague typed on the portal: a person, a staff post, an account, an invitation."""

from odoo import models
from odoo.fields import Domain
from odoo.tools import email_normalize

from ....engine.opendata import names
from ...core.text_limits import LENGTHS
from .colleagues import Outcome


class CommunePortalColleague(models.AbstractModel):
    _inherit = "commune.portal.colleague"

    def _get_colleague_functions(self, commune):
        """Staff functions that exist here and open the portal: those that may be given."""
        commune.ensure_one()
        place = "epci" if commune.is_epci else "commune"
        return self.env["commune.function"].search(
            [
                ("kind", "=", "staff"),
                ("portal_role", "!=", False),
                ("place", "in", [place, "both"]),
            ]
        )

    def _add_colleague(self, place, values, author):
        """Create a staff member of this place and send the invitation: everything is
        checked first, then all of it is done.

        :param values: `firstname`, `lastname`, `email`, `civility`, `function_id` as typed
        :return: Outcome
        """
        place.ensure_one()
        place._check_portal_role(author)
        place = place.sudo()  # the author acts for the place, and writes no contact
        self = place.env[self._name]
        refusal = self._check_colleague(place, values)
        if refusal:
            return refusal
        email = email_normalize(values["email"])
        function = self.env["commune.function"].browse(values["function_id"])
        person, refusal = self._find_known_person(place, values, email, author)
        refusal = refusal or self._check_post(place, person, function, author)
        if refusal:
            return refusal
        if not self._get_invitations_left(place):
            return self._get_daily_limit_outcome(place)
        self._count_invitation(place)
        person = person or self._create_colleague(values, email)
        self._give_post(place, person, function)
        person.env["commune.portal.account"]._invite_to_portal(person)
        self._log_on_contact(
            place,
            self.env._(
                "%(person)s (%(function)s) was added and invited to the portal by %(author)s.",
                person=person.name,
                function=function._get_title(person.civility, place=place),
                author=author.name,
            ),
            author,
        )
        return Outcome(True, self.env._("%s has been sent an invitation by e-mail.", person.name))

    def _check_colleague(self, place, values):
        """What is wrong in the form, field by field; None when nothing is."""
        missing = {
            "firstname": self.env._("Type the first name."),
            "lastname": self.env._("Type the last name."),
        }
        for field, sentence in missing.items():
            if not values[field]:
                return Outcome(False, sentence, field)
            if len(values[field]) > LENGTHS["person"]:
                return Outcome(False, self.env._("This name is too long."), field)
        if not email_normalize(values["email"]):
            return self._get_invalid_email_outcome(values["email"])
        if values["function_id"] not in self._get_colleague_functions(place).ids:
            return Outcome(False, self.env._("Choose a function in the list."), "function_id")
        return None

    def _find_known_person(self, place, values, email, author):
        """(person, None) to reuse or create, (…, Outcome) when the address or the name is that
        of somebody who cannot be distinguished."""
        wanted = self._name_key(values["lastname"], values["firstname"])
        holders = self._get_holders_of_email(place, email)
        known = place.mandate_ids.partner_id
        if holders - known:
            return None, self._get_taken_email_outcome(place, email, author)
        same = known.filtered(lambda p: self._name_key(p.lastname, p.firstname) == wanted)
        if holders:
            person = holders & same
            refusal = None if person else self._get_taken_email_outcome(place, email, author)
            return person[:1], refusal
        if same:
            return None, self._get_known_outcome(same[0])
        return known.browse(), None

    def _get_known_outcome(self, person):
        return Outcome(
            False,
            self.env._(
                "%s is already known here: use the button “Invite” of the list, or ask the"
                " intercommunality to correct the address.",
                person.name,
            ),
            "lastname",
        )

    def _name_key(self, lastname, firstname):
        return names.name_key(lastname or ""), names.name_key(firstname or "")

    def _check_post(self, place, person, function, author):
        """Outcome when a person already known here cannot receive this post or an account; nobody
        gives one to a person above, whose right to sign would wait."""
        if not person:
            return None
        held = self._get_running_posts(place, person)
        is_new = function not in held.function_id and held.filtered(lambda m: m.state != "ended")
        if is_new and not self._outranks(place, author, person):
            return self._get_known_outcome(person)
        accounts = self.env["commune.portal.account"]
        users = accounts._get_accounts_around(person)
        problem = accounts._get_account_problem(person, users)
        if problem:
            return Outcome(False, problem.sentence, "email")
        if held.filtered(lambda m: m.function_id == function) - place._get_portal_mandates(person):
            return Outcome(
                False,
                self.env._(
                    "%s already holds this function here, but the access was withdrawn or ends"
                    " today.",
                    person.name,
                ),
                "function_id",
            )
        return None

    def _create_colleague(self, values, email):
        civility = values["civility"] if values["civility"] in ("mme", "m") else False
        return self.env["res.partner"].create(
            {
                "firstname": values["firstname"],
                "lastname": values["lastname"],
                "civility": civility,
                "email": email,
            }
        )

    def _get_running_posts(self, place, person):
        """Mandates and posts that the person holds here, today included."""
        return self.env["commune.mandate"].search(
            Domain("commune_id", "=", place.id)
            & Domain("partner_id", "=", person.id)
            & (Domain("date_end", "=", False) | Domain("date_end", ">=", "today"))
        )

    def _give_post(self, place, person, function):
        """A post from today on, unless the person already holds it."""
        held = self._get_running_posts(place, person)
        posts = held.filtered(lambda m: m.function_id == function)
        return posts or posts.create(
            {
                "partner_id": person.id,
                "commune_id": place.id,
                "function_id": function.id,
                "date_start": self.env.company._get_today(),
            }
        )
