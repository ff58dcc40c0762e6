"""DNS records of the sender's domain, explained to readers who are not DNS specialists."""

from odoo import models
from odoo.tools import LazyTranslate

from ....engine.mail import (
    domain_of,
    look_up,
    read_dkim,
    read_dmarc,
    read_spf,
    wanted_lines,
)

_lt = LazyTranslate(__name__)
WORDS = {
    "spf": {
        "strict": _lt("SPF: the servers that may write in our name are named, all others refused."),
        "soft": _lt("SPF: the servers that may write in our name are named, others are doubted."),
        "neutral": _lt("SPF: servers are named, but the others are not refused (“?all”)."),
        "no_end": _lt(
            "SPF: servers are named, but nothing is said of the others: “-all” is missing."
        ),
        "none": _lt("SPF is missing: nothing says which servers may write in our name."),
        "two": _lt("SPF: two lists. Receivers then read none: keep a single one."),
        "open": _lt("SPF: “+all” lets anybody write in our name. To be corrected at once."),
        "lookups": _lt("SPF: more than ten questions are asked. Receivers then read nothing."),
    },
    "dkim": {
        "signed": _lt("DKIM: the key with which letters are signed is published."),
        "testing": _lt("DKIM: the key is published, but marked as a trial (“t=y”)."),
        "none": _lt("DKIM is missing: no key is published under this name."),
        "two": _lt("DKIM: two keys under the same name. Receivers may read neither."),
        "revoked": _lt("DKIM: this key was withdrawn (“p=” is empty)."),
    },
    "dmarc": {
        "reject": _lt("DMARC: a letter that is not from us is refused."),
        "quarantine": _lt("DMARC: a letter that is not from us goes to the spam."),
        "watch": _lt(
            "DMARC: “p=none” only watches. Right at first; then “quarantine”, then “reject”."
        ),
        "no_report": _lt("DMARC: nobody receives the reports (“rua=”)."),
        "none": _lt("DMARC is missing: nothing says what becomes of a letter that is not from us."),
        "two": _lt("DMARC: two rules. Receivers then follow none: keep a single one."),
        "broken": _lt(
            "DMARC: the rule cannot be read (“p=” says neither none, quarantine, reject)."
        ),
    },
}


class ResCompany(models.Model):
    _inherit = "res.company"

    def _read_sender_domain(self):
        """Ask the DNS.

        :return: list of engine.mail.domain.Finding; None when it does not answer
        """
        company = self.sudo()
        selector = company.sender_dkim_selector or ""
        records = look_up(domain_of(company._get_organisation_email()), selector)
        if records is None:
            return None
        dkim = [] if records.dkim is None else read_dkim(records.dkim)
        return [*read_spf(records.spf), *dkim, *read_dmarc(records.dmarc)]

    def _get_wanted_lines(self):
        """DNS records to request from the DNS administrator."""
        company = self.sudo()
        email = company._get_organisation_email()
        servers = company.env["ir.mail_server"]
        server, _sender = servers._find_mail_server(email)
        relay = servers._get_smtp_endpoint(server)[0]
        selector = company.sender_dkim_selector or ""
        return wanted_lines(domain_of(email), relay, selector, email)

    def _describe_finding(self, finding):
        """One sentence of what was found."""
        return str(self.env._(WORDS[finding.about][finding.code]))
