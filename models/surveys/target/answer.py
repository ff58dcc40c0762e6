"""Preparing the answer of a commune: each person has a draft, nothing overwrites another's.

The steps are taken on a superuser record, by a page that has found the commune for its person or by
an agent who may write it: each step looks at the rights of that person.
See docs/decisions/010-one-official-answer.md."""

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ...core.row_lock import lock_rows
from ...core.text_limits import LENGTHS


class CommuneSurveyTarget(models.Model):
    _inherit = "commune.survey.target"

    def _get_rights(self, person):
        """What a person, or the town hall, may do about the answer: set of prepare, validate."""
        self.ensure_one()
        campaign = self.campaign_id
        if person == self.commune_id:
            # The link sent to the town hall: the user who opens it prepares, somebody named
            # validates.
            return {"prepare"}
        held = campaign._get_mandates(self.commune_id).filtered(lambda m: m.partner_id == person)
        # A mandate that neither prepares nor validates is not among them; who validates prepares.
        rights = {"prepare"} if held else set()
        if any(campaign._lets_validate(m) for m in held):
            rights.add("validate")
        return rights

    def _get_answers(self):
        """Answers being prepared or official, without those replaced since."""
        self.ensure_one()
        self.check_access("read")
        return self.sudo().answer_ids.filtered(lambda a: not a.is_superseded).sorted("id")

    def _get_own_draft(self, person):
        return self._get_answers().filtered(
            lambda a: (
                a.partner_id == person and not a.is_official and not a.representative_partner_id
            )
        )[:1]

    def _lock(self):
        """Be the only one to change the answer of this commune until the transaction ends."""
        self.ensure_one()
        lock_rows(self)
        self.answer_ids.invalidate_recordset()

    def _check_open(self):
        if not self.campaign_id._is_open():
            raise UserError(self.env._("This survey is closed: the answer cannot change any more."))

    def _check_not_answered(self):
        """Raise with the name of the author when the commune has answered already."""
        official = self.official_id
        if official:
            raise UserError(
                self.env._(
                    "%(commune)s has already answered: %(person)s validated the answer on"
                    " %(day)s. It is the one that counts.",
                    commune=self.commune_id.name,
                    person=official.validated_by_id.name,
                    day=self._format_datetime(official.official_date),
                )
            )

    def _check_right(self, person, right):
        if right not in self._get_rights(person):
            if self.env.user._is_internal():
                raise UserError(
                    self.env._(
                        "The function of %(person)s does not allow that for %(commune)s.",
                        person=person.name,
                        commune=self.commune_id.name,
                    )
                )
            raise AccessError(
                self.env._("Your function does not let you do that for %s.", self.commune_id.name)
            )

    def _prepare(self, person, source=None):
        """Draft answer of a person, created if there is none.

        :param source: answer of the same commune to start from; without it, its answer to the
            previous campaign
        """
        self._check_open()
        self._check_right(person, "prepare")
        self._lock()
        self._check_not_answered()
        self._forget_refusal(person)
        draft = self._get_own_draft(person)
        if draft:
            draft._take_up()
            return draft
        return self._create_draft(person, source)

    def _prepare_by_phone(self, person, agent):
        """The draft that an agent fills in while the person speaks; one per agent and person."""
        self._check_open()
        self._check_right(person, "prepare")
        self._lock()
        self._check_not_answered()
        self._forget_refusal(person)
        draft = self._get_answers().filtered(
            lambda a: a.partner_id == person and a.representative_partner_id == agent
        )[:1]
        if draft:
            draft._take_up()
            return draft
        draft = self._create_draft(
            person, representative_partner_id=agent.id, respondent_name=person.name
        )
        self._log_note(
            self.env._(
                "%(person)s gives the answers on the telephone, noted by %(agent)s.",
                person=person.name,
                agent=agent.name,
            ),
            agent,
        )
        return draft

    def _create_draft(self, person, source=None, **values):
        """:param values: further values of the answer"""
        draft = self.campaign_id.survey_id._create_answer(
            partner=person,
            check_attempts=False,
            commune_target_id=self.id,
            lang_id=self.env["res.lang"]._get_data(code=self.env.lang or "fr_FR").id,
            **values,
        )
        # Neither the account of the current agent nor another one changes whose answer it is.
        draft.write(
            {
                "partner_id": person.id,
                "representative_partner_id": values.get("representative_partner_id", False),
            }
        )
        draft._mark_in_progress()
        if source and source in self._get_answers() | self.answer_ids:
            draft._copy_from(source, to_check=False)
        else:
            draft._copy_from(self._get_previous_answer(), to_check=True)
        return draft

    def _get_previous_answer(self):
        previous = self.campaign_id.previous_campaign_id
        Input = self.env["survey.user_input"]
        return (
            Input.search(
                [
                    ("commune_target_id.campaign_id", "=", previous.id),
                    ("commune_target_id.commune_id", "=", self.commune_id.id),
                    ("is_official", "=", True),
                ],
                limit=1,
            )
            if previous
            else Input
        )

    # refusal

    def _refuse(self, person, reason, author=None):
        """Record that the commune declines to answer, with its reason.

        :param author: the agent who notes it on the telephone
        """
        self._check_open()
        self._check_right(person, "validate")
        self._lock()
        self._check_not_answered()
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say in a few words why the commune does not answer."))
        self.write(
            {
                "refused_date": fields.Datetime.now(),
                "refused_by_id": person.id,
                "refusal_reason": reason[: LENGTHS["refusal"]],
            }
        )
        self._log_note(self.env._("%s refuses to answer.", person.name), author or person)

    def _forget_refusal(self, person):
        if self.refused_date:
            self.write({"refused_date": False, "refused_by_id": False, "refusal_reason": False})
            self._log_note(self.env._("%s answers after all.", person.name), person)

    def _log_note(self, body, author):
        self._message_log(body=body, author_id=author.id)
