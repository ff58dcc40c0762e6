"""Who was notified of what was published: one letter per person, whatever the communes held."""

from odoo import api, fields, models
from odoo.fields import Domain

from ...territory.mandate.mandate import PORTAL_ACCESS
from .people import _with_one_address_each

KINDS = [("results", "Results of the survey"), ("actions", "What was done since")]


class CommuneSurveyNotice(models.Model):
    _name = "commune.survey.notice"
    _inherit = ["commune.letter"]
    _description = "Person notified of the results of a survey"
    _order = "id desc"
    _rec_name = "partner_id"

    campaign_id = fields.Many2one(
        "commune.survey.campaign", required=True, readonly=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(KINDS, required=True, readonly=True, string="About")
    publication = fields.Integer(readonly=True, required=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Written to",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    target_ids = fields.Many2many(
        "commune.survey.target",
        "commune_survey_notice_target_rel",
        "notice_id",
        "target_id",
        string="For the communes",
        readonly=True,
    )
    action_ids = fields.Many2many(
        "commune.survey.action",
        "commune_survey_notice_action_rel",
        "notice_id",
        "action_id",
        string="Actions notified",
        readonly=True,
    )
    _results_uniq = models.UniqueIndex(
        "(campaign_id, publication, partner_id) WHERE kind = 'results'",
        "This person has already been informed of these results.",
    )

    @api.model
    def _create_for(self, campaign, kind, recipients, actions):
        """Create one notice per person, with a personal link for those without an account.

        :param recipients: dict: person -> targets
        :param actions: actions that this letter announces; each commune reads its own
        """
        campaign._create_links(recipients)
        return self.create(
            [
                self._prepare_notice(campaign, kind, person, targets, actions)
                for person, targets in recipients.items()
            ]
        )

    @api.model
    def _prepare_notice(self, campaign, kind, person, targets, actions):
        concerned = actions.filtered(
            lambda a: not a.commune_ids or a.commune_ids & targets.commune_id
        )
        return {
            "campaign_id": campaign.id,
            "kind": kind,
            "publication": campaign.publication,
            "partner_id": person.id,
            "target_ids": targets.ids,
            "action_ids": concerned.ids,
        }

    def _get_letter_person(self):
        return self.partner_id

    def _get_letter_document(self):
        return self.campaign_id

    def _get_pages(self):
        """Where the results are read: the portal for who has an account, else a personal link.

        :return: list of (name of the commune, address)
        """
        self.ensure_one()
        pages, base, person = [], self.get_base_url(), self.partner_id._origin
        for target in self.target_ids._origin:
            link = target.link_ids.filtered(lambda found: found.partner_id == person)
            address = f"{base}/my/surveys/{target.id}"
            if link and not person.user_ids:
                address = link._get_link()
            pages.append((target.commune_id.name, address))
        return pages


class CommuneSurveyCampaign(models.Model):
    _inherit = "commune.survey.campaign"

    def _create_links(self, recipients):
        """Personal links for the persons without an account who have none yet."""
        known = {(link.target_id, link.partner_id) for link in self.target_ids.link_ids}
        # Together, so that their accounts are read in one query.
        persons = self.env["res.partner"].union(*recipients)
        self.env["commune.survey.link"].create(
            [
                {"target_id": target.id, "partner_id": person.id}
                for person in persons.filtered(lambda p: not p.user_ids)
                for target in recipients[person]
                if (target, person) not in known
            ]
        )

    def _get_persons_to_notify(self, actions=None):
        """Recipients, as superuser; the number of queries does not grow with the communes.

        Anyone who prepared, validated or refused for a commune is informed of the outcome; so are
        other persons who act for the commune, unless they refuse letters. All of them
        still hold a mandate or a post that opens the portal. The letter follows what the commune
        was asked: the limit of letters a week, which is that of the newsletters, does not hold it.

        :param actions: only the communes that one of these actions concerns
        :return: dict: person -> targets of the communes that the letter is about
        """
        self.ensure_one()
        communes = self._get_communes_to_notify(actions)
        targets = self.target_ids.filtered(lambda t: t.commune_id in communes)
        Mandate = self.env["commune.mandate"]
        mandates = Mandate.search(
            Domain(PORTAL_ACCESS)
            & Domain("commune_id", "in", communes.ids)
            & Domain("partner_id.active", "=", True)
            & Domain("partner_id.email_normalized", "!=", False)
        )
        blocked = self._get_unwilling(mandates.partner_id)
        acting = mandates.grouped("commune_id")
        recipients = {}
        for target in targets:
            held = acting.get(target.commune_id, mandates.browse())
            full = held.filtered(lambda m: m.function_id.portal_role == "full").partner_id
            wanted = (held.partner_id & target._get_speakers()) | (full - blocked)
            for person in _with_one_address_each(wanted):
                recipients[person] = recipients.get(person, targets.browse()) | target
        return recipients

    def _get_communes_to_notify(self, actions=None):
        """Communes with something to read: surveyed, or concerned by these actions."""
        communes = self.target_ids.commune_id
        if actions is None or any(not action.commune_ids for action in actions):
            return communes
        return communes & actions.commune_ids

    def _get_unwilling(self, persons):
        """Those who want no letter, or none of those that the audiences of the campaign get; a
        refusal is that of an address, which two persons may share."""
        reached = {}
        for audience, members in self.audience_ids._get_members_by_audience(persons).items():
            for person in members:
                reached.setdefault(person, set()).add(audience.id)
        blocked = self.env["commune.contact.preference"]._get_blocked(persons, reached=reached)
        refused = set(persons.browse(blocked).mapped("email_normalized"))
        excluded = self.env["mail.blacklist"]
        domain = [("email", "in", persons.mapped("email_normalized"))]
        refused |= set(excluded.search_fetch(domain, ["email"]).mapped("email"))
        return persons.filtered(lambda p: p.email_normalized in refused)


class CommuneSurveyTarget(models.Model):
    _inherit = "commune.survey.target"

    def _get_speakers(self):
        """Who gave something for this commune: prepared, validated or refused."""
        self.ensure_one()
        answers = self.answer_ids
        return answers.partner_id | answers.validated_by_id | self.refused_by_id
