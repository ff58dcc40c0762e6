"""No letter of the addon shows a default address of Odoo, even in an organisation without one."""

from odoo.tests import tagged

from .test_access_matrix import AccessRecords

SHIPPED = "example.com"
TEXTS = ("email_from", "reply_to", "subject", "body_html")


@tagged("post_install", "-at_install")
class TestSenderLetters(AccessRecords):
    def test_no_model_of_letter_says_the_address_of_the_robot(self):
        self.env.company.email = self.epci.email = False
        self.env.company.alias_domain_id = False
        self.env["helpdesk.ticket.team"].search([]).alias_domain_id = False
        self.assertIn(SHIPPED, self.env.ref("base.user_root").email)
        self.records["signatory_notice"].sudo().change = "Une adresse a changé."
        managed = self.env["ir.model.data"].search(
            [("model", "=", "mail.template"), ("module", "=", "commune_relations")]
        )
        templates = self.env["mail.template"].browse(managed.mapped("res_id")).sudo()
        self.assertGreater(len(templates), 30)
        for template in templates:
            records = self.env[template.model].sudo().with_context(active_test=False)
            record = self._get_one(records)
            for lang in ("fr_FR", "en_US"):
                with self.subTest(template.name, lang=lang):
                    self.assertTrue(record, template.model)
                    for name in TEXTS:
                        found = template._render_field(name, record.ids, set_lang=lang)
                        self.assertNotIn(SHIPPED, str(found[record.id]))

    def _get_one(self, records):
        known = [one for one in self.records.values() if one._name == records._name]
        return (known[0] if known else records.search([], limit=1)).sudo()
