"""A person of a place, written over RPC: the domain of a form is held by the server."""

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .replacement.replacement_case import ReplacementCase


@tagged("post_install", "-at_install")
class TestPersonsOfPlaces(ReplacementCase):
    """Anne AUBRY is the mayor of Aubrive, Bruno BLANC that of Bellefontaine, Denis DUVAL a former
    mayor of Aubrive; an employee of the service holds nothing anywhere."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mayor, cls.other = cls.portal_a.partner_id, cls.portal_b.partner_id
        cls.former, cls.staff = cls.portal_ended.partner_id, cls.employee.partner_id

    def _check(self, record, name, chosen, refused):
        """As each request of a client: written, then read again."""
        many = record._fields[name].type == "many2many"
        record = record.with_context(lang="fr_FR")
        for person in chosen:
            record.write({name: [Command.set(person.ids)] if many else person.id})
            self.env.invalidate_all()
            self.assertEqual(record[name], person.with_env(record.env))
        for person in refused:
            with (
                self.subTest(field=f"{record._name}.{name}", person=person.name),
                self.assertRaises(ValidationError) as caught,
                self.env.cr.savepoint(),
            ):
                record.write({name: [Command.set(person.ids)] if many else person.id})
            self.assertIn("n’a ni mandat ni fonction pour", str(caught.exception))
            self.assertIn(person.name, str(caught.exception))
            record.invalidate_recordset()

    def test_who_asked_for_a_replacement(self):
        request = self._request(requester_id=self.mayor.id).with_user(self.coordinator)
        chosen = (self.mayor, self.commune_a, self.portal_both.partner_id)
        self._check(request, "requester_id", chosen, (self.other, self.staff, self.former))
        # The commune changes under a person who stays.
        with self.assertRaises(ValidationError):
            request.write({"requester_id": self.mayor.id, "commune_id": self.commune_b.id})

    def test_who_was_met(self):
        values = {"commune_id": self.commune_a.id, "subject": "Rencontre"}
        contact = self.env["commune.contact"].with_user(self.manager).create(values)
        self._check(contact, "person_ids", (self.mayor, self.former), (self.other, self.staff))

    def test_who_signs_a_convention(self):
        agreement = self.env["agreement"].create(
            {"name": "Essai", "code": "ESSAI-9", "commune_id": self.commune_a.id}
        )
        self._check(agreement, "signatory_id", (self.mayor,), (self.other, self.staff))
        president = self.env["res.partner"].create({"name": "Paule ESSAI"})
        self.env["commune.mandate"].create(
            {
                "partner_id": president.id,
                "commune_id": self.epci.id,
                "function_id": self.functions["president"].id,
                "date_start": self.today,
            }
        )
        self._check(agreement, "epci_signatory_id", (president,), (self.mayor, self.staff))

    def test_who_asks_a_question(self):
        """A person whom the directory does not know stays possible: the sender of a message."""
        values = {"name": "Question", "description": "?", "commune_id": self.commune_a.id}
        ticket = self.env["helpdesk.ticket"].create(values).with_user(self.manager)
        unknown = self.env["res.partner"].create({"name": "Yann INCONNU"})
        chosen = (self.mayor, self.former, unknown, self.commune_a)
        self._check(ticket, "partner_id", chosen, (self.other, self.commune_b))

    def test_who_an_unknown_address_is(self):
        values = {"name": "Question", "description": "?", "partner_email": "x@inconnu.example"}
        ticket = self.env["helpdesk.ticket"].create(values)
        wizard = self.env["commune.request.attach.sender"].create(
            {"ticket_ids": ticket.ids, "commune_id": self.commune_a.id, "who": "person"}
        )
        self._check(wizard, "partner_id", (self.mayor,), (self.other, self.staff))
