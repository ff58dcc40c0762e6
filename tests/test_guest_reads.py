"""Colleagues, customers and visitors who have none of our groups read records of Odoo with all that
we add to them, and open the screens of those applications."""

from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged

from .test_access_matrix import AccessRecords

MODULE = "commune_relations"
# login -> what this colleague works with
GUESTS = {
    "anybody": ["base.group_user"],
    "contacts": ["base.group_user", "base.group_partner_manager"],
    "accounts": ["base.group_user", "base.group_erp_manager"],
    "events": ["base.group_user", "event.group_event_manager"],
    "desk_of_events": ["base.group_user", "event.group_event_registration_desk"],
    "mailings": ["base.group_user", "mass_mailing.group_mass_mailing_user"],
    "tickets": ["base.group_user", "helpdesk_mgmt.group_helpdesk_user_own"],
    "helpdesk": ["base.group_user", "helpdesk_mgmt.group_helpdesk_manager"],
    "personnel": ["base.group_user", "hr.group_hr_manager"],
    "surveys": ["base.group_user", "survey.group_survey_manager"],
    "agreements": ["base.group_user", "agreement.group_agreement_user"],
    "lists": ["base.group_user", "mail_group.group_mail_group_manager"],
    "customer": ["base.group_portal"],
    "visitor": ["base.group_public"],
}
# Odoo lets administrators alone export them.
NOT_EXPORTED = ("mail.message",)
VIEWS = ("list", "form", "kanban", "search", "calendar", "pivot", "graph", "activity")
# What each colleague certainly reads.
CERTAIN = {
    ("anybody", "res.partner"),
    ("anybody", "res.users"),
    ("accounts", "res.company"),
    ("events", "event.event"),
    ("events", "event.registration"),
    ("mailings", "mailing.mailing"),
    ("helpdesk", "helpdesk.ticket"),
    ("helpdesk", "helpdesk.ticket.team"),
    ("personnel", "hr.employee"),
    ("surveys", "survey.user_input"),
    ("agreements", "agreement"),
    ("lists", "mail.group"),
    ("customer", "res.partner"),
    ("visitor", "res.partner"),
}
# What these applications make when a form is opened, and we do not extend the making of.
FORMS = {
    "contacts": ("res.partner",),
    "accounts": ("res.users",),
    "events": ("event.event",),
    "mailings": ("mailing.mailing", "mailing.list"),
    "helpdesk": ("helpdesk.ticket", "helpdesk.ticket.team", "helpdesk.ticket.stage"),
    "personnel": ("hr.employee",),
    "surveys": ("survey.survey",),
    "agreements": ("agreement",),
    "lists": ("mail.group",),
    "anybody": ("calendar.event",),
}


@tagged("post_install", "-at_install")
class TestGuestReads(AccessRecords):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for login in GUESTS:
            groups = ",".join(GUESTS[login])
            if "base.group_user" in groups:
                groups += ",base.group_allow_export"
            new_test_user(cls.env, f"guest_{login}", groups=groups, email=f"{login}@shop.example")
        cls.extended = [
            model
            for model in cls.env.values()
            if model._original_module != MODULE
            and not (model._abstract or model._transient)
            and any(MODULE in field._modules for field in model._fields.values())
        ]
        cls.env["mailing.list"].create({"name": "Clientes"})
        survey = cls.env["survey.survey"].create({"title": "Satisfaction"})
        cls.env["survey.user_input"].create({"survey_id": survey.id})
        landlord = cls.env["res.partner"].create({"name": "Bailleur"})
        cls.env["agreement"].create({"name": "Bail", "code": "B-1", "partner_id": landlord.id})
        cls.env["helpdesk.ticket"].create({"name": "Écran", "description": "…"})

    def _get_guests(self):
        users = self.env["res.users"].with_context(active_test=False)
        for login in GUESTS:
            yield login, users.search([("login", "=", f"guest_{login}")])

    def _get_managed_fields(self, model):
        """Names of what we add, that this person may read."""
        managed = (field for field in model._fields.values() if MODULE in field._modules)
        return [field.name for field in managed if model._has_field_access(field, "read")]

    def test_each_field_that_we_add_is_read(self):
        read = set()
        for login, user in self._get_guests():
            for extended in self.extended:
                model = extended.with_user(user).with_context(active_test=False)
                if not model.has_access("read"):
                    continue
                records, names = model.search([], limit=40), self._get_managed_fields(model)
                for name in names if records else ():
                    self.env.invalidate_all()
                    with self.subTest(login=login, field=f"{model._name}.{name}"):
                        records.read([name])
                        read.add((login, model._name))
                with self.subTest(login=login, model=model._name):
                    records.web_read({name: {} for name in names})
                    if user._is_internal() and model._name not in NOT_EXPORTED:
                        # of a link, Odoo exports what the person may read of the other end
                        plain = [name for name in names if not model._fields[name].relational]
                        records.export_data(plain)
        self.assertEqual(CERTAIN - read, set())

    def test_each_field_that_we_add_is_searched(self):
        for login, user in self._get_guests():
            for extended in self.extended:
                model = extended.with_user(user)
                names = self._get_managed_fields(model) if model.has_access("read") else ()
                for name in names:
                    if model._fields[name]._description_searchable:
                        with self.subTest(login=login, field=f"{model._name}.{name}"):
                            model.search([(name, "!=", False)], limit=1)

    def test_the_screens_of_those_applications_open(self):
        views = self.env["ir.ui.view"]
        for login, user in self._get_guests():
            if not user._is_internal():
                continue
            for extended in self.extended:
                model = extended.with_user(user)
                found = views.search(
                    [
                        ("model", "=", model._name),
                        ("mode", "=", "primary"),
                        ("type", "in", VIEWS),
                    ]
                )
                for view in found if model.has_access("read") else ():
                    closed = view.group_ids and not view.group_ids & user.all_group_ids
                    if closed or view.xml_id.startswith(f"{MODULE}."):
                        continue
                    with self.subTest(login=login, view=view.xml_id):
                        model.get_views([(view.id, view.type)], {"toolbar": True})

    def test_a_form_of_those_applications_begins(self):
        for login, models in FORMS.items():
            user = self.env["res.users"].search([("login", "=", f"guest_{login}")])
            for name in models:
                with self.subTest(login=login, model=name):
                    Form(self.env[name].with_user(user))

    def test_what_is_closed_stays_closed(self):
        anybody = self.env["res.users"].search([("login", "=", "guest_anybody")])
        account = self.portal_a.with_user(anybody)
        for record in (account, account.partner_id):
            with self.assertRaises(AccessError):
                record.read(["held_mandate_ids"])
        self.assertEqual(self.commune_a.with_user(anybody).elected_count, 2)
