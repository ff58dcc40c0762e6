"""What a person does not want to receive, stored separately from the lists: leaving one and
coming back loses nothing. Service messages (convocations, answers) never look at it."""

from odoo import api, fields, models
from odoo.fields import Domain

from ..core.inside import INSIDE, is_inside

SOURCES = [
    ("person", "The person, by a link or on the portal"),
    ("staff", "Noted by staff"),
]


class CommuneContactPreference(models.Model):
    _name = "commune.contact.preference"
    _inherit = ["commune.readonly.fields.mixin"]
    _description = "Contact preference"
    _order = "date desc, id desc"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner",
        string="Person",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('is_company', '=', False)]",
    )
    theme_id = fields.Many2one(
        "commune.topic",
        ondelete="restrict",
        help="The letters on that topic and those below it; empty: see the audience.",
    )
    audience_id = fields.Many2one(
        "commune.audience",
        ondelete="cascade",
        help="What the person receives as a member of that audience; theme and audience both"
        " empty: every letter.",
    )
    opt_out = fields.Boolean(string="Does not want it", default=True)
    date = fields.Datetime(
        string="Since", required=True, default=fields.Datetime.now, readonly=True
    )
    reason = fields.Char()
    source = fields.Selection(SOURCES, default="staff", required=True, readonly=True)
    _scope_uniq = models.UniqueIndex(
        "(partner_id, COALESCE(theme_id, 0), COALESCE(audience_id, 0))",
        "There is already a preference of this person on the same matter: change it.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        preferences = super().create(vals_list)
        preferences._refresh_audiences(preferences.partner_id)
        return preferences

    def write(self, vals):
        """What the staff changes, the staff says, from now on."""
        before = self.partner_id
        result = super().write(vals)
        if "opt_out" in vals:
            noted = {"date": vals.get("date") or fields.Datetime.now()}
            if not self.env.su:
                noted["source"] = "staff"
            super(CommuneContactPreference, self.sudo()).write(noted)
        self._refresh_audiences(before | self.partner_id)
        return result

    def unlink(self):
        partners = self.partner_id
        result = super().unlink()
        self._refresh_audiences(partners)
        return result

    @api.model
    def _get_blocked(self, partners, theme=None, reached=None):
        """Persons who do not want a letter; one query.

        :param partners: those who would receive it (res.partner)
        :param theme: topic of the letter, empty for none
        :param reached: dict: id of a person -> set of ids of the audiences that make it a
            recipient; the person is blocked when all of them are refused
        :return: set of ids
        """
        themes = set((theme | theme.parent_id).ids) if theme else set()
        blocked, refused = set(), {}
        domain = Domain("partner_id", "in", partners.ids) & Domain("opt_out", "=", True)
        domain &= Domain("mail_group_id", "=", False)
        for preference in self.sudo().search_fetch(
            domain, ["partner_id", "theme_id", "audience_id"]
        ):
            person = preference.partner_id.id
            if preference.audience_id:
                refused.setdefault(person, set()).add(preference.audience_id.id)
            elif not preference.theme_id or preference.theme_id.id in themes:
                blocked.add(person)
        for person, audiences in refused.items():
            wanted = (reached or {}).get(person)
            if wanted and wanted <= audiences:
                blocked.add(person)
        return blocked

    def _set_preference(
        self, persons, opt_out, theme=None, audience=None, group=None, reason="", source="person"
    ):
        """Note what these persons want or do not want; the last word counts. Called as superuser:
        by a private address, or for oneself."""
        Preference = self.env["commune.contact.preference"]
        scope = {
            "theme_id": theme.id if theme else False,
            "audience_id": audience.id if audience else False,
            "mail_group_id": group.id if group else False,
        }
        domain = Domain("partner_id", "in", persons.ids)
        for name, value in scope.items():
            domain &= Domain(name, "=", value)
        known = Preference.search(domain)
        values = {"opt_out": opt_out, "source": source, **({"reason": reason} if reason else {})}
        known.filtered(lambda p: p.opt_out != opt_out or reason).write(values)
        Preference.create(
            [
                {"partner_id": partner.id, **scope, **values}
                for partner in persons - known.partner_id
                if opt_out
            ]
        )

    def _get_letter_choices(self, person):
        """What the person receives, for one's own page.

        :param person: as superuser, whose choices nobody else reads

        :return: `none`, whether every letter is refused; `themes`, the topics that are
        """
        refused = person.contact_preference_ids.filtered(
            lambda one: one.opt_out and not one.mail_group_id
        )
        return {
            "none": any(not (one.theme_id or one.audience_id) for one in refused),
            "some": bool(refused),
            "themes": refused.theme_id,
        }

    def _choose_letters(self, person, choice):
        """One's own choice of letters.

        :param person: as superuser
        :param choice: `all` or `none`; nothing changes by another word
        """
        if choice == "none":
            self._set_preference(person, True)
        elif choice == "all":
            person.contact_preference_ids.filtered(
                lambda one: one.opt_out and not one.mail_group_id
            ).write({"opt_out": False, "source": "person"})

    def _refresh_audiences(self, persons):
        """What follows the audiences (lists, groups) is brought in step for these persons.

        Called at each change of a mandate, of an address or of a preference; what changes by
        the calendar alone is seen at sending, and each night.
        """
        if persons and not is_inside(self.env, "audience_refreshing"):
            partners = persons.sudo().with_context(audience_refreshing=INSIDE)
            partners.env["commune.audience"].search(Domain.TRUE)._sync(partners)

    def _filter_members(self, persons):
        """Persons who may be in an audience, or moderate its group; mandates and audiences that
        change bring their lists in step themselves."""
        colleagues = persons.sudo().filtered(lambda person: not person.partner_share)
        users, known = colleagues.user_ids, persons._filter_known()
        if not users:
            return known
        moderators = users.filtered(  # the administrator, where there is no manager
            lambda user: user.has_groups("commune_relations.group_manager,base.group_erp_manager")
        )
        return known | (persons & moderators.partner_id.with_env(self.env))

    def _get_audience_contacts(self, persons):
        """Mailing contacts of these persons that are only in lists of the addon."""
        contacts = persons._filter_known().sudo().mass_mailing_contact_ids
        lists = contacts.list_ids.with_context(active_test=False)
        others = lists.filtered(lambda one: not one.audience_ids)
        return contacts.filtered(lambda one: one.list_ids and not one.list_ids & others)


class ResPartner(models.Model):
    _inherit = "res.partner"

    contact_preference_ids = fields.One2many(
        "commune.contact.preference",
        "partner_id",
        string="Contact preferences",
        groups="commune_relations.group_reader",
    )

    def _refresh_changed_members(self, vals):
        preferences = self.env["commune.contact.preference"]
        preferences._refresh_audiences(preferences._filter_members(self))

    @api.ondelete(at_uninstall=True)
    def _unlink_audience_contacts(self):
        """Remove an erased person, address included, from the lists of audiences."""
        self.env["commune.contact.preference"]._get_audience_contacts(self).unlink()

    def _filter_in_other_lists(self):
        """Persons who are in a list that follows no audience."""
        preferences = self.env["commune.contact.preference"]
        contacts = self.sudo().mass_mailing_contact_ids - preferences._get_audience_contacts(self)
        return self & contacts.partner_id.sudo(False)
