"""Where suggestions are read and refused: the portal, the sheets of services and communes."""

from odoo import fields, models
from odoo.fields import Domain

from ...core.window_actions import open_action


class ResPartner(models.Model):
    _inherit = "res.partner"

    suggestion_refusal_count = fields.Integer(
        compute="_compute_suggestion_refusal_count",
        compute_sudo=True,
        string="Suggestions refused",
        groups="base.group_user",
    )

    def _compute_suggestion_refusal_count(self):
        Refusal = self.env["commune.service.refusal"]
        groups = Refusal._read_group(
            Domain("commune_id", "in", self.ids) & Domain("end_date", "=", False),
            ["commune_id"],
            ["__count"],
        )
        counts = dict(groups)
        for partner in self:
            partner.suggestion_refusal_count = counts.get(partner, 0)

    def action_open_refusals(self):
        self.ensure_one()
        return open_action(
            self,
            "commune_service_refusal_action",
            [("commune_id", "=", self.id)],
            context={"default_commune_id": self.id},
        )

    def _get_acting_functions(self):
        return self.env["commune.function"].search([("portal_role", "=", "full")])

    def action_prepare_audience(self):
        """A public of these communes, ready to save and to write to."""
        return {
            "type": "ir.actions.act_window",
            "res_model": "commune.audience",
            "name": self.env._("Public to write to"),
            "view_mode": "form",
            "views": [(False, "form")],
            "context": {
                "default_name": self.env.context.get("suggested_service"),
                "default_kind": "all",
                # Those to whom the portal suggests it, not each councillor.
                "default_function_ids": [fields.Command.set(self._get_acting_functions().ids)],
                "default_commune_ids": [fields.Command.set(self.ids)],
            },
        }


class CommunePortalPage(models.AbstractModel):
    _inherit = "commune.portal.page"

    def _get_suggestion_refusals(self, place, person):
        """What the commune refuses today, as superuser, for a person who acts in its name."""
        place._check_portal_role(person)
        Refusal = self.env["commune.service.refusal"].sudo()
        return Refusal.search(
            Domain("commune_id", "in", place.ids) & Domain("end_date", "=", False)
        )

    def _get_portal_suggestions(self, place, person):
        """What the page of the services suggests to this commune.

        :return: dict: `refusal` of every suggestion (empty when it wants them), `lines` [{service,
            reason}], `hidden` (refusals of one service)
        """
        place.ensure_one()
        refusals = self._get_suggestion_refusals(place, person)
        suggester = self.env["commune.service.suggestion"]
        whole = refusals.filtered(lambda refusal: not refusal.service_id)
        found = () if whole else suggester._suggest(place).get(place.id, ())
        services = refusals.env["commune.service"]
        return {
            "refusal": whole,
            "lines": [
                {
                    "service": services.browse(suggestion.service.key),
                    "reason": suggester._get_reason(suggestion.figure),
                }
                for suggestion in found
            ],
            "hidden": refusals - whole,
        }


class CommuneService(models.Model):
    _inherit = "commune.service"

    def action_open_interested(self):
        """The communes to which this service is suggested: no score, no rank."""
        self.ensure_one()
        # Persons of the communes read subscriptions too, their own: what is wanted here is staff.
        self.env["commune.service.refusal"].check_access("read")
        found = self.env["commune.service.suggestion"]._suggest()
        communes = [
            commune
            for commune, suggestions in found.items()
            if any(suggestion.service.key == self.id for suggestion in suggestions)
        ]
        return open_action(
            self,
            "commune_action_interested",
            [("id", "in", communes)],
            context={"create": False, "suggested_service": self.name},
        )
