"""Workflow of an agreement: deliberation, signature, in force, end."""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...core.pillar import when_used
from ...territory.reference_epci.local_time import at_local_time
from .agreement import ALERTS, RENEW_MONTHS, RUNNING


class Agreement(models.Model):
    _inherit = "agreement"

    termination_date = fields.Date(string="Ends early on", tracking=True, copy=False)
    termination_reason = fields.Text(string="Reason of the end", copy=False)
    suspension_reason = fields.Text(copy=False)
    renewal_alert = fields.Integer(
        string="Last alert (months before the end)",
        readonly=True,
        copy=False,
        aggregator=None,
        groups="base.group_user",
    )

    # from the draft to the signature

    def action_deliberate(self):
        """Both assemblies have voted: the text is frozen and waits for the signature."""
        self.check_access("write")
        for agreement in self:
            agreement._check_state("draft")
            agreement._check_ready_to_sign()
            agreement.sudo().state = "deliberated"
            agreement._freeze_document()
        self.env["commune.agreement.acts"]._close_vote_activity(self)
        self.env["commune.agreement.pack"]._write_to_acting_people(
            self, "mail_template_agreement_sign"
        )

    def _check_ready_to_sign(self):
        self.ensure_one()
        needed = ["commune_id", "legal_basis_id", "offer_ids", "start_date"]
        missing = self._get_missing_labels(needed + self._get_needed_opinions())
        if missing:
            raise UserError(self.env._("Before the signature, fill in: %s.", ", ".join(missing)))
        self.env["commune.agreement.acts"]._check_acts_done(self)
        closed = self.offer_ids.filtered(lambda o: o.service_id.state not in ("pilot", "active"))
        if closed and not self.parent_id:
            raise UserError(closed[0].service_id._get_closed_sentence())
        self.env["commune.agreement.document"]._check_filled(self)

    def _get_missing_labels(self, needed):
        """Fields still empty, as the screen calls them, not as the addon of all agreements does:
        each within quotes, since a label ends by “on”."""
        labels = self._label_fields([name for name in needed if not self[name]])
        return [self.env._("“%(label)s”", label=label) for label in labels]

    def _label_fields(self, names):
        """Names of fields for a sentence.

        For a commune that reports its vote, in the words of its page."""
        labels = {"start_date": self.env._("Takes effect on")}
        if self.env.context.get("commune_words"):
            labels["commune_deliberation_date"] = self.env._("Voted on")
            labels["commune_transmission_date"] = self.env._("Sent to the prefecture on")
            labels["commune_publication_date"] = self.env._("Published on")
        return [
            labels.get(name) or self._fields[name]._description_string(self.env) for name in names
        ]

    def action_back_to_draft(self):
        self.check_access("write")
        for agreement in self:
            agreement._check_state("deliberated")
            if agreement._get_signed_sides():
                raise UserError(
                    self.env._(
                        "One side has signed “%s”: its text does not change any more. Give it up,"
                        " then prepare another one.",
                        agreement.display_name,
                    )
                )
            agreement.sudo().write(
                {
                    "before_acts": False,
                    "commune_signature_date": False,
                    "epci_signature_date": False,
                    "document_epci_id": False,
                    "document_id": False,
                    "document_sha256": False,
                    "document_body": False,
                    "document_impact": False,
                    "document_parties": False,
                    "document_mayor_id": False,
                    "state": "draft",
                }
            )

    def action_give_up(self):
        """A text that one side has signed and the other will not sign: kept, never in force."""
        self.check_access("write")
        self._check_state("deliberated")
        if not all(self.mapped("termination_reason")):
            raise UserError(self.env._("Write why it is given up, in “Reason of the end”."))
        agreements = self.sudo()
        agreements.write({"state": "terminated"})
        agreements._finish_asked("agreement_epci_sign", "agreement_mayor")

    def _check_state(self, *states):
        labels = dict(self._fields["state"]._description_selection(self.env))
        for agreement in self:
            if agreement.state not in states:
                raise UserError(
                    self.env._(
                        "“%(name)s” is at the step “%(state)s”: this cannot be done.",
                        name=agreement.display_name,
                        state=labels[agreement.state],
                    )
                )

    # in force

    def action_activate(self):
        """In force on its first day, with the subscriptions to its options."""
        self.check_access("write")
        self._check_state("signed")
        today = self.env.company._get_today()
        for agreement in self:
            if agreement.start_date > today:
                raise UserError(
                    self.env._(
                        "“%(name)s” comes into force on %(date)s.",
                        name=agreement.display_name,
                        date=self.env.company._format_document_date(agreement.start_date),
                    )
                )
        self._activate()

    def _activate(self):
        for agreement in self:
            kept = agreement.sudo()  # states follow from signatures, nobody types them
            kept.state = "active"
            agreement._subscribe()
            if agreement.parent_id and agreement.end_date:
                # The whole lasts as long as its last amendment.
                origin = kept.parent_id
                origin.write({"end_date": agreement.end_date, "state": origin.state})

    def _try_activate(self):
        """Bring into force; a service closed meanwhile stops this agreement alone.

        Neither the other agreements of the night, nor the signature of a mayor, who cannot fix it,
        may fail."""
        for agreement in self:
            try:
                with self.env.cr.savepoint():
                    agreement._activate()
            except UserError as error:
                agreement._notify_stopped(error.args[0])

    def action_suspend(self):
        self.check_access("write")
        self._check_state(*RUNNING)
        if not all(self.mapped("suspension_reason")):
            raise UserError(self.env._("Write why the convention is suspended."))
        self.sudo().state = "suspended"

    def action_resume(self):
        self.check_access("write")
        self._check_state("suspended")
        self.sudo().state = "active"
        self._update_states()

    def action_terminate(self):
        """End early, after the notice of the agreement; its amendments end with it."""
        self.check_access("write")
        self._check_state(*RUNNING, "suspended")
        if amendment := self.filtered("parent_id")[:1]:
            raise UserError(
                self.env._(
                    "An amendment ends with its convention: end “%s” early.",
                    amendment.parent_id.display_name,
                )
            )
        today = self.env.company._get_today()
        for agreement in self:
            if not (agreement.termination_date and agreement.termination_reason):
                raise UserError(
                    self.env._("Write on which day the convention ends early, and why.")
                )
            earliest = today + relativedelta(months=agreement.notice_months)
            if agreement.termination_date < earliest:
                raise UserError(
                    self.env._(
                        "The notice is %(months)s months: the convention cannot end before"
                        " %(date)s.",
                        months=agreement.notice_months,
                        date=self.env.company._format_document_date(earliest),
                    )
                )
            agreement._terminate_family(agreement.termination_date)

    def _terminate_family(self, day):
        """What was signed for later never comes into force: its own dates stay."""
        family = self | self.amendment_ids.filtered(
            lambda a: a.state in ("signed", *RUNNING, "suspended")
        )
        family.subscription_ids._end_on(day)
        ended = family.sudo()
        begun = ended.filtered(lambda a: a.start_date <= day)
        begun.write({"end_date": day, "state": "terminated"})
        (ended - begun).write({"state": "terminated"})

    # with time

    @api.model
    @when_used("services")
    @at_local_time
    def _cron_update(self):
        """Each night: into force, to renew, expired; then the alerts."""
        managed = self.search(
            Domain("commune_id", "!=", False)
            & Domain("state", "in", ("deliberated", "signed", *RUNNING))
        )
        managed._alert_new_mayor()
        managed._update_states()
        managed._alert_renewal()

    def _update_states(self):
        today = self.env.company._get_today()
        soon = today + relativedelta(months=RENEW_MONTHS)
        self.filtered(
            lambda a: a.state == "signed" and a.start_date and a.start_date <= today
        )._try_activate()
        moved = {}
        for agreement in self.filtered(lambda a: a.state in RUNNING and a.end_date):
            if agreement.end_date < today:
                state = "expired"
            else:
                state = "to_renew" if agreement.end_date <= soon else "active"
            if agreement.state != state:
                moved[state] = moved.get(state, self.browse()) | agreement
        for state, agreements in moved.items():
            agreements.sudo().state = state

    # Renewal of agreements: an activity six months before the end, another three months before.

    def _restart_renewal_alerts(self, vals):
        """Another end: the alerts begin again."""
        return {"renewal_alert": 0, **vals}

    def _alert_renewal(self):
        """One activity per alert; a late alert replaces the one it overtakes."""
        today, months = self.env.company._get_today(), {}
        for agreement in self:
            # An amendment is renewed with its agreement, which lasts as long.
            if agreement.parent_id or agreement.state not in RUNNING or not agreement.end_date:
                continue
            due = [m for m in ALERTS if agreement.end_date <= today + relativedelta(months=m)]
            if due and (not agreement.renewal_alert or agreement.renewal_alert > due[-1]):
                months[agreement] = due[-1]
        alerted = self.browse().union(*months)
        for number, same in alerted.grouped(months.get).items():
            same.renewal_alert = number
        manager = self.env.company._get_service_manager()
        alerted._schedule_each(
            "agreement_renewal",
            lambda agreement: {
                "commune_about": f"{agreement.end_date}, {agreement.renewal_alert}",
                "user_id": (agreement.user_id or manager).id,
                "date_deadline": today + relativedelta(days=15),
                **agreement._word_renewal(),
            },
        )

    def _word_renewal(self):
        """Summary and note of the activity that asks to renew."""
        return {
            "summary": self.env._(
                "%(name)s ends on %(date)s: to be renewed?",
                name=self.name,
                date=self.env.company._format_document_date(self.end_date),
            ),
            "note": self.env._(
                "Less than %(months)s months are left. The notice is %(notice)s months.",
                months=self.renewal_alert,
                notice=self.notice_months,
            ),
        }
