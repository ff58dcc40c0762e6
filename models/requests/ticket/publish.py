"""From the answer to one commune to an answer for all: the names are taken out."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import html2plaintext

from ....engine.redaction import Names
from ...core.window_actions import open_dialog


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    published_answer_ids = fields.One2many(
        "commune.published.answer",
        "ticket_id",
        string="Published answers",
        groups="commune_relations.group_reader,commune_relations.group_referent",
    )

    def action_publish_answer(self):
        self.ensure_one()
        self.check_access("write")
        if not self.answer_sent_html:
            raise UserError(self.env._("An answer is proposed once it has been sent."))
        return open_dialog(
            self,
            "commune.request.publish",
            self.env._("Propose for publication"),
            default_ticket_id=self.id,
        )


class CommuneRequestAnswer(models.AbstractModel):
    _inherit = "commune.request.answer"

    @api.model
    def _get_known_names(self, ticket=None):
        """All that must not be read in a published answer: communes, elected officials, staff.

        :param ticket: the request it comes from: its requester and number
        """
        env = self.sudo().env  # names to be hidden, also of those whom the writer may not open
        Partner = env["res.partner"].with_context(active_test=False)
        ticket = env["helpdesk.ticket"].browse(ticket.ids if ticket else ())
        epci = (ticket.company_id or env.company).epci_id
        members = Domain("is_commune", "=", True) & Domain("epci_id", "in", epci.ids)
        communes = Partner.search(members) | ticket.commune_id.filtered("is_commune")
        holders = Partner.search(Domain("held_mandate_ids.commune_id", "in", (communes | epci).ids))
        staff = env["res.users"].search([("share", "=", False)]).partner_id
        persons = (holders | staff | ticket.partner_id).filtered(lambda p: not p.is_company)
        topic = ticket.topic_id
        return Names(
            communes=_filled(
                value
                for place in communes
                for value in (place.name, place.brand_name, place.insee_code, place.zip)
            ),
            persons=tuple(sorted({(p.firstname or "", p.lastname or "") for p in persons})),
            references=_filled(ticket.mapped("number")),
            kept=_filled(
                (epci.name, epci.brand_name, epci.display_name, self.env.company.name)
                + (topic.outside_name, ticket.outside_name)
            ),
        )

    def _get_publishable(self, ticket):
        """Question and answer as plain text, names still in."""
        ticket.ensure_one()
        ticket.check_access("read")
        question = "\n".join(
            filter(None, [ticket.name, html2plaintext(ticket.description or "").strip()])
        )
        return question, html2plaintext(ticket.answer_sent_html or "").strip()


def _filled(values):
    return tuple(sorted({value for value in values if value}))
