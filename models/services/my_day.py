"""My day, services: agreements to vote, to sign, to renew; reviews."""

from odoo import api, models
from odoo.fields import Domain

from ..core.my_day.source import OFFICER, OTHERS, REFERENT, Source

# A draft is voted within three months; a commune that has the file, within two.
DRAFT_DAYS, VOTE_DAYS, SIGN_DAYS = 90, 60, 15
# A renewal is prepared six months before the end: the votes of both assemblies take that long.
RENEW_DAYS = -180


class CommuneMyDay(models.AbstractModel):
    _inherit = "commune.my.day"

    @api.model
    def _get_day_models(self):
        return super()._get_day_models() | {"agreement": "services"}

    @api.model
    def _get_day_sources(self):
        return [
            *super()._get_day_sources(),
            *self._get_agreement_sources(),
            self._get_project_source(),
        ]

    @api.model
    def _get_agreement_source(self, code, label, domain, day, **values):
        own = Domain("user_id", "=", self.env.uid) & Domain("commune_id", "!=", False)
        return Source(
            code,
            label,
            "agreement",
            own & domain,
            day=day,
            groups=(OFFICER, REFERENT),
            pillar="services",
            title=("name",),
            commune="commune_id",
            person="user_id",
            hand_over="user_id",
            screen="commune_agreement_action",
            **values,
        )

    @api.model
    def _get_agreement_sources(self):
        draft = Domain("state", "=", "draft")
        voted = Domain("state", "=", "deliberated")
        sent = Domain("pack_date", "!=", False)
        signed = Domain("signature_step", "=", "commune")
        return [
            self._get_agreement_source(
                "agreement_renew",
                self.env._("Conventions to renew"),
                Domain("state", "=", "to_renew"),
                "end_date",
                delay=RENEW_DAYS,
                button=self.env._("Prepare"),
                activity_types=("agreement_renewal",),
            ),
            self._get_agreement_source(
                "agreement_draft",
                self.env._("Conventions to have voted"),
                draft & ~sent,
                "create_date",
                delay=DRAFT_DAYS,
                button=self.env._("Complete the file"),
                activity_types=("agreement_vote",),
            ),
            self._get_agreement_source(
                "agreement_sign",
                self.env._("Conventions to have signed by our side"),
                voted & signed,
                "commune_signature_date",
                delay=SIGN_DAYS,
                button=self.env._("Open"),
                activity_types=("agreement_epci_sign",),
            ),
            self._get_agreement_source(
                "agreement_vote",
                self.env._("Votes of the communes"),
                draft & sent,
                "pack_date",
                delay=VOTE_DAYS,
                waits=OTHERS,
            ),
            self._get_agreement_source(
                "agreement_signature",
                self.env._("Signatures of the communes"),
                voted & ~signed,
                "commune_deliberation_date",
                delay=SIGN_DAYS,
                waits=OTHERS,
            ),
        ]

    @api.model
    def _get_project_source(self):
        return Source(
            "project",
            self.env._("Reviews of new services"),
            "commune.service.project",
            Domain("user_id", "=", self.env.uid) & Domain("stage", "in", ("launch", "review")),
            day="review_date",
            groups=(OFFICER,),
            pillar="services",
            title=("name",),
            person="user_id",
            button=self.env._("Review"),
            hand_over="user_id",
            screen="commune_service_project_action",
        )
