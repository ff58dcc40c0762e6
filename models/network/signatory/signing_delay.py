"""Delay of one day before a new or changed signatory may sign (decision 012).

A user who may write an address, a mandate or an account could pose as the mayor for a minute and
sign: for a day the change gives no right to sign, while the persons concerned are notified
(notice.py). Nobody can lift the delay: another signatory signs, or on paper.
"""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

SIGNING_HOURS = 24
SIGNING_WAIT = timedelta(hours=SIGNING_HOURS)
CLOCK = "signing_changed_at"
# Mandates that last, today or later: the access may be given back.
LASTING = [
    ("active", "=", True),
    "|",
    ("date_end", "=", False),
    ("date_end", ">", "today"),
]


class CommuneSigningDelayMixin(models.AbstractModel):
    """A record of which a signature depends keeps the moment of its last change."""

    _name = "commune.signing.delay.mixin"
    _inherit = ["commune.readonly.fields.mixin"]
    _description = "Moment from which a signature waits"
    _readonly_reason = _lt("The wait before a signature is not written by hand.")
    _readonly_fields = frozenset({CLOCK})

    signing_changed_at = fields.Datetime(
        string="Signing waits since",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="What makes this person a signatory changed at that moment: signing waits from then.",
    )

    def _check_user_write(self, vals):
        """A form that sends back unchanged values is no write."""
        moment = fields.Datetime.to_datetime(vals.get(CLOCK)) or False
        if CLOCK in vals and self.sudo().filtered(lambda record: record[CLOCK] != moment):
            self._raise_user_write(CLOCK)
        return super()._check_user_write({name: vals[name] for name in vals if name != CLOCK})

    def _start_signing_clock(self):
        self.sudo().write({CLOCK: fields.Datetime.now()})


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "commune.signing.delay.mixin"]

    signing_wait_until = fields.Datetime(
        string="Signing waits until",
        compute="_compute_signing_wait_until",
        groups="base.group_user",
    )

    def _get_acting_mandates(self):
        """Mandates by which these persons act or sign for a place, today or later, as
        superuser."""
        mandates, known = self.env["commune.mandate"].sudo(), self._filter_known()
        if not known:
            return mandates
        signing = mandates._get_signing_domain() & Domain(LASTING)
        return mandates.search(signing & Domain("partner_id", "in", known.ids))

    @api.depends("signing_changed_at")
    def _compute_signing_wait_until(self):
        """The last of the waits of a person who acts for communes."""
        held = self._get_acting_mandates().grouped("partner_id")
        for person in self:
            waits = [mandate.signing_wait_until for mandate in held.get(person, [])]
            person.signing_wait_until = max(filter(None, waits), default=False)


class CommuneFunction(models.Model):
    _name = "commune.function"
    _inherit = ["commune.function", "commune.signing.delay.mixin"]


class CommuneMandate(models.Model):
    _name = "commune.mandate"
    _inherit = ["commune.mandate", "commune.signing.delay.mixin"]

    signing_wait_until = fields.Datetime(
        string="Signing waits until",
        compute="_compute_signing_wait_until",
        groups="base.group_user",
    )

    @api.model
    def _get_signing_domain(self):
        """Functions whose holder acts for a place or signs for it: their changes are notified."""
        return Domain("function_id.portal_role", "=", "full")

    def _filter_signing(self):
        return self.sudo().filtered_domain(self._get_signing_domain())

    def _get_signing_wait(self, document=None):
        """(since, until) while a signature by this mandate waits, as naive UTC, else None.

        :param document: document to sign, when it has its own delay
        """
        self.ensure_one()
        mandate = self.sudo()
        clocks = [mandate[CLOCK], mandate.partner_id[CLOCK], mandate.function_id[CLOCK]]
        clocks += [document.sudo()[CLOCK]] if document else []
        since = max(filter(None, clocks), default=None)
        if not since or since + SIGNING_WAIT <= fields.Datetime.now():
            return None
        return since, since + SIGNING_WAIT

    def _get_signing_stop(self, document=None):
        """Why the holder, at the screen, cannot sign by this mandate now; empty otherwise.

        :param document: as in `_get_signing_wait`
        """
        self.ensure_one()
        company = self.env.company
        if wait := self._get_signing_wait(document):
            return self.env._(
                "Your address, name, account, function or delegation changed %(since)s: as a"
                " precaution you can sign from %(until)s on. If it cannot wait, another person who"
                " may sign for the commune signs, or it is signed on paper. %(contact)s",
                since=self._format_signing_datetime(wait[0]),
                until=self._format_signing_datetime(wait[1]),
                contact=company._get_signing_contact(),
            )
        if company.signing_needs_factor and not self.env.user.totp_enabled:
            return self.env._(
                "Signing asks for two-factor authentication (a code of your telephone): turn it on"
                " in “My account”, “Connection & Security”, then come back to sign."
            )
        return ""

    @api.depends("signing_changed_at", "partner_id", "function_id")
    def _compute_signing_wait_until(self):
        signing = self._filter_signing()
        for mandate in self:
            wait = mandate in signing and mandate._get_signing_wait()
            mandate.signing_wait_until = wait[1] if wait else False

    def _check_can_sign(self, document=None):
        """:raise UserError: signing waits, with the sentence for the person"""
        if stop := self._get_signing_stop(document):
            raise UserError(stop)

    def _format_signing_datetime(self, moment):
        """`on 12 March 2027 at 14 h 05`, on the clock of the communes."""
        day, hour = self.env["commune.letter"]._split_datetime(moment)
        return self.env._("on %(day)s at %(hour)s", day=day, hour=hour)


class ResCompany(models.Model):
    _inherit = "res.company"

    signing_needs_factor = fields.Boolean(
        string="Signing needs two-factor authentication",
        help="Nobody signs a convention or hours on the portal without two-factor authentication (a"
        " code of one’s telephone).",
    )

    def _get_signing_contact(self):
        """Whom to turn to when one knows nothing of a change, in one sentence."""
        if phone := self._get_organisation_phone():
            return self.env._("If you know nothing of this change, call us: %s.", phone)
        if email := self._get_public_email():
            return self.env._("If you know nothing of this change, write to us: %s.", email)
        return self.env._(
            "If you know nothing of this change, tell %s.", self._get_organisation_name()
        )


class CommuneOrganisationSettingsMixin(models.AbstractModel):
    _inherit = "commune.organisation.settings.mixin"

    signing_needs_factor = fields.Boolean(related="company_id.signing_needs_factor", readonly=False)
