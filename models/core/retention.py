"""How long what is erased by itself is kept: one table, which the scheduled cleanings read.

What is not in the table is archived by people and erased by nobody (docs/security.md, which repeats
the table in French). The principle is that of storage limitation: regulation (EU) 2016/679 (GDPR),
art. 5(1)(e), and art. 25(2) on what is kept by default.
"""

from dataclasses import dataclass

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.fields import Domain

DELETE, ANONYMISE = "delete", "anonymise"


@dataclass(frozen=True)
class Retention:
    """One kind of record."""

    model: str  # those that inherit from it, when it is abstract
    cleaned_by: str  # method that cleans: "model.method", or the name of a method of this model
    action: str  # DELETE, or ANONYMISE: dates and figures stay
    runs_from: str  # field with the moment or day when the period begins
    period: int | str  # number, or the field of the company that holds it
    unit: str  # as `relativedelta` names it
    basis: str  # why it is kept that long

    def get_limit(self, env):
        """What began before is past its period: a day or a moment (naive UTC), as the field."""
        period = self.period
        if isinstance(period, str):
            period = env.company[period]
        is_day = env[self.model]._fields[self.runs_from].type == "date"
        start = env.company._get_today() if is_day else fields.Datetime.now()
        return start - relativedelta(**{self.unit: period})


INCIDENTS = "commune.replacement.incident._cron_anonymise"
RETENTIONS = (
    Retention(
        "commune.idempotency.key", "_gc_sent_forms", DELETE, "date", 90, "days",
        "A page may stay open on a phone for that long: beyond, its form is an unknown one.",
    ),
    Retention(
        "mail.mail", "_gc_sent", DELETE, "write_date", 1, "hours",
        "A letter that left is followed without its text: what a cut queue left of it goes.",
    ),
    Retention(
        "commune.upload", "_gc_uploads", DELETE, "date", 24, "hours",
        "Files that were added to a form and never sent with it.",
    ),
    Retention(
        "commune.directory.export", "_gc_old", DELETE, "create_date", 7, "days",
        "It holds persons: long enough to be fetched after a week-end. Its trace stays in the log.",
    ),
    Retention(
        "commune.orientation.log", "_gc_questions", ANONYMISE, "create_date", 12, "months",
        "A year of questions shows what the seasons bring; the figures are enough then.",
    ),
    Retention(
        "commune.guide.search", "_gc_old", DELETE, "date", 12, "months",
        "Words that nobody has typed for a year ask for no guide.",
    ),
    Retention(
        "commune.reading", "_gc_persons", ANONYMISE, "date", 0, "days",
        "A count needs nobody's name, but for the day, to count a person once.",
    ),
    Retention(
        "commune.replacement.incident", "_cron_anonymise", ANONYMISE, "closed_date",
        "incident_retention_years", "years",
        "Decision of the organisation; by default as long as one may sue (Code civil, art. 2224).",
    ),
    Retention(
        "commune.replacement.evaluation", INCIDENTS, ANONYMISE, "asked_date",
        "incident_retention_years", "years",
        "No word about a person is older than the cases; the scores stay.",
    ),
    Retention(
        "commune.replacement.alert", INCIDENTS, DELETE, "settled_date",
        "incident_retention_years", "years",
        "No warning that was looked at is older than the cases.",
    ),
)  # fmt: skip
_BY_MODEL = {one.model: one for one in RETENTIONS}


def get_retention_limit(records, model=None):
    """Day or moment before which records of this model are past their period.

    :param model: the abstract model listed in the table instead of that of the records
    """
    return _BY_MODEL[model or records._name].get_limit(records.env)


def get_expired_domain(records):
    """Records of this model past their retention period."""
    retention = _BY_MODEL[records._name]
    return Domain(retention.runs_from, "<", retention.get_limit(records.env))
