"""The lines of the onboarding: what to do, why, and whether it is done.

Whether a line is done is read from the database each time, and never typed. A pillar adds its own
lines to `_get_onboarding_steps`. The number of queries does not depend on how much is there.
"""

from dataclasses import dataclass

from odoo import fields, models
from odoo.fields import Domain

from ...core.pillar import PILLARS
from ..mandate.mandate import CURRENT

MANAGER = "commune_relations.group_manager"
STAFF = "commune_relations.group_reader", "commune_relations.group_referent"


@dataclass(frozen=True)
class Step:
    """One line.

    rank: its place. minutes: estimated time. screen: name of the
    addon's action that its button opens. optional: the organisation works without it.
    """

    code: str
    rank: int
    name: str
    why: str
    minutes: int
    button: str
    screen: str
    done: bool
    progress_text: str
    optional: bool = False


class ResCompany(models.Model):
    _inherit = "res.company"

    onboarding_dismissed = fields.Boolean(groups=fields.NO_ACCESS, copy=False)

    def _get_onboarding_steps(self):
        """The lines, in order, for the current manager."""
        self.ensure_one()
        company = self.sudo()
        steps = company._collect_onboarding_steps()
        return sorted(steps, key=lambda step: step.rank)

    def _collect_onboarding_steps(self):
        """Called as superuser; each pillar adds its own."""
        names = (
            "territory",
            "officials",
            "organisation",
            "look",
            "sender",
            "people",
            "pillars",
            "invited",
        )
        found = [getattr(self, f"_get_{name}_step")() for name in names]
        return [step for step in found if step]

    def _shows_onboarding(self):
        """Whether the application begins with the onboarding, for the current user."""
        if self.sudo().onboarding_dismissed or not self.env.user.has_group(MANAGER):
            return False
        return not all(step.done or step.optional for step in self._get_onboarding_steps())

    # the lines

    def _get_territory_step(self):
        count = self.epci_id.member_count
        return Step(
            code="territory",
            rank=10,
            name=self.env._("Our territory"),
            why=self.env._(
                "The communes, their town halls and populations: everything rests on it."
            ),
            minutes=3,
            button=self.env._("Set up the territory"),
            screen="commune_setup_action",
            done=bool(count),
            progress_text=self.env._("%s communes", count) if count else self.env._("To do"),
        )

    def _get_places_domain(self):
        """Mandates in force in the intercommunality and its communes."""
        epci = self.epci_id.id
        places = Domain("commune_id", "=", epci) | Domain("commune_id.epci_id", "=", epci)
        return Domain(CURRENT) & places if epci else Domain.FALSE

    def _get_officials_step(self):
        elected = self._get_places_domain() & Domain("kind", "=", "elected")
        real, invented = self._count_officials(elected)
        progress_text = self.env._("Later: no elected official is known")
        if real:
            progress_text = self.env._("%s elected officials", real)
        elif invented:
            progress_text = self.env._("%s fictitious persons, of the demonstration", invented)
        return Step(
            code="officials",
            rank=20,
            name=self.env._("The elected officials"),
            why=self.env._(
                "The national directory names the mayors and the councillors: nobody types them."
                " Nobody is invented."
            ),
            minutes=5,
            button=self.env._("Import elected officials"),
            screen="commune_import_upload_action",
            done=bool(real),
            progress_text=progress_text,
        )

    def _count_officials(self, elected):
        """(real persons, invented ones)."""
        Mandate = self.env["commune.mandate"]
        return [
            Mandate._read_group(
                elected & Domain("partner_id.is_fictitious", "=", invented),
                [],
                ["partner_id:count_distinct"],
            )[0][0]
            for invented in (False, True)
        ]

    def _get_organisation_step(self):
        missing = self._get_missing_organisation_data()
        progress_text = (
            self.env._("Missing: %s", ", ".join(missing)) if missing else self.env._("Done")
        )
        return Step(
            code="organisation",
            rank=30,
            name=self.env._("Our address, our president, our hours"),
            why=self.env._(
                "They stand at the foot of letters, in conventions, on the legal pages, and where a"
                " commune calls us."
            ),
            minutes=4,
            button=self.env._("Say who we are"),
            screen="commune_organisation_identity_action",
            done=not missing,
            progress_text=progress_text,
        )

    def _get_missing_organisation_data(self):
        """What a commune would look for and not find, in words."""
        labels = {
            self.env._("address"): self._get_document_identity()["address"],
            self.env._("telephone"): self._get_organisation_phone(),
            self.env._("opening hours"): self._get_organisation_hours(),
            self.env._("president"): self.epci_id.mayor_id,
            self.env._("host of the portal"): self.hosting_provider,
            self.env._("data protection officer"): self.privacy_email,
        }
        return [label for label, known in labels.items() if not known]

    def _get_organisation_partner(self):
        """Where the address of the organisation is kept: never the company of somebody else."""
        company = self.sudo()
        return company.epci_id or company.partner_id

    def _get_look_step(self):
        chosen = not self.uses_default_logo and bool(self.logo)
        return Step(
            code="look",
            rank=40,
            name=self.env._("Our logo and our colours"),
            why=self.env._("A commune recognises our portal, our letters and our papers."),
            minutes=3,
            button=self.env._("Choose and look"),
            screen="commune_organisation_branding_action",
            done=chosen,
            progress_text=self.env._("Done") if chosen else self.env._("No logo yet"),
        )

    def _get_sender_step(self):
        confirmed = self._is_sender_confirmed()
        address = self._get_organisation_email()
        progress_text = self.env._("No address yet")
        if address:
            progress_text = self.env._("%s: a test letter has to come back", address)
        return Step(
            code="sender",
            rank=50,
            name=self.env._("Our sender"),
            why=self.env._("Nothing leaves for communes before our address is confirmed."),
            minutes=10,
            button=self.env._("Confirm our sender"),
            screen="commune_sender_action",
            done=confirmed,
            progress_text=address if confirmed else progress_text,
        )

    def _get_people_step(self):
        """Without the screen of the colleagues, an administrator of Odoo makes the accounts."""
        screen = "commune_staff_accounts_action"
        if not self.env.ref(f"commune_relations.{screen}", raise_if_not_found=False):
            return None
        groups = [self.env.ref(name).id for name in STAFF]
        people = Domain("all_group_ids", "in", groups)
        people &= Domain("id", "!=", self.env.ref("base.user_admin").id)
        reached = Domain("partner_id.email_normalized", "!=", False)
        count = self.env["res.users"].search_count(people & reached)
        silent = self.env["res.users"].search(people & ~reached)
        progress_text = [self.env._("%s accounts", count)]
        if silent:
            names = ", ".join(silent.mapped("name"))
            progress_text.append(self.env._("Without e-mail address: %s", names))
        return Step(
            code="people",
            rank=70,
            name=self.env._("Our colleagues"),
            why=self.env._("Each of us has an account and a role, and knows what arrives."),
            minutes=5,
            button=self.env._("Invite our colleagues"),
            screen=screen,
            done=count > 1,
            progress_text="; ".join(progress_text),
        )

    def _get_pillars_step(self):
        used = len(PILLARS) - len(self._get_unused())
        return Step(
            code="pillars",
            rank=80,
            name=self.env._("What we use"),
            why=self.env._("What is not used leaves the menus and the portal; nothing is deleted."),
            minutes=2,
            button=self.env._("Choose"),
            screen="commune_pillars_action",
            done=used < len(PILLARS),
            progress_text=self.env._("%(used)s of %(all)s in use", used=used, all=len(PILLARS)),
            optional=True,
        )

    def _get_invited_step(self):
        accounts = Domain("share", "=", True) & Domain(
            "partner_id.held_mandate_ids", "any", self._get_places_domain()
        )
        count = self.env["res.users"].search_count(accounts)
        return Step(
            code="invited",
            rank=90,
            name=self.env._("The first commune invited"),
            why=self.env._("A mayor or a secretary opens the portal and writes to us there."),
            minutes=3,
            button=self.env._("Invite a commune"),
            screen="commune_invite_action",
            done=bool(count),
            progress_text=self.env._("%s persons invited", count)
            if count
            else self.env._("Nobody yet"),
        )
