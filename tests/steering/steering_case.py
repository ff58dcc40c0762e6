"""What is noted about the two communes, with the dates that a test gives."""

from datetime import timedelta

from odoo import fields

WEEK = timedelta(weeks=1)


def make_contact(case, commune=None, weeks=0, **values):
    """A call of the officer to commune A, that many weeks ago."""
    return case.env["commune.contact"].create(
        {
            "commune_id": (commune or case.commune_a).id,
            "date": fields.Datetime.now() - weeks * WEEK,
            "user_ids": [(6, 0, case.officer.ids)],
            "subject": "Point sur les travaux",
            **values,
        }
    )


def set_created(record, weeks):
    """The record was made that many weeks ago."""
    moment = fields.Datetime.now() - weeks * WEEK
    record.flush_recordset()
    record.env.cr.execute(
        f"UPDATE {record._table} SET create_date = %s WHERE id IN %s", (moment, tuple(record.ids))
    )
    record.invalidate_recordset(["create_date"])
    return record


def get_ledger_records(case):
    """Records of promises and contacts for the access matrix."""
    return {
        "contact_of_the_officer": make_contact(case),
        "contact_of_the_referent": make_contact(case, user_ids=[(6, 0, case.referent.ids)]),
        "silence_a": case.env["commune.silence"].browse(case.commune_a.id),
    }
