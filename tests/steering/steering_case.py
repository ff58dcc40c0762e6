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


def make_promise(case, commune=None, days=10, **values):
    """A promise of the officer to commune A, for that many days ahead, made 30 days ago or at
    its day at the latest."""
    due = case.today + timedelta(days=days)
    return case.env["commune.commitment"].create(
        {
            "name": "Envoyer le plan des travaux",
            "commune_id": (commune or case.commune_a).id,
            "user_id": case.officer.id,
            "promised_by_id": case.officer.partner_id.id,
            "promised_date": min(case.today - timedelta(days=30), due),
            "due_date": due,
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


def place_communes(case):
    """The seat in the middle, commune A about 19 km to the north, B about 10 km to the south."""
    for place, latitude in ((case.epci, 49.0), (case.commune_a, 49.17), (case.commune_b, 48.91)):
        place.write({"partner_latitude": latitude, "partner_longitude": 6.0})


def make_tour(case, communes=None, **values):
    """A tour of the officer to both communes, tomorrow."""
    communes = case.commune_a + case.commune_b if communes is None else communes
    return case.env["commune.visit.tour"].create(
        {
            "date": case.today + timedelta(days=1),
            "user_id": case.officer.id,
            "stop_ids": [(0, 0, {"commune_id": one.id}) for one in communes],
            **values,
        }
    )


def make_rise(case, topic, recent, former, **values):
    """Requests on a topic: so many two weeks ago, so many four months ago."""
    for count, weeks in ((recent, 2), (former, 17)):
        for _number in range(count):
            request = case.env["helpdesk.ticket"].create(
                {
                    "name": "Question sur le sujet",
                    "description": "<p>Une question.</p>",
                    "commune_id": case.commune_a.id,
                    "partner_id": case.portal_a.partner_id.id,
                    "topic_id": topic.id,
                    **values,
                }
            )
            set_created(request, weeks)
    return case.env["commune.topic.trend"].browse(topic.id)


def get_ledger_records(case):
    """Records of promises and contacts for the access matrix."""
    place_communes(case)
    tour = make_tour(case)
    topic = case.env["commune.topic"].search([("code", "=", "VOI-ENT")])
    return {
        "activity_report": case.env["commune.activity.report"].create({}),
        "visit_tour": tour,
        "visit_stop": tour.stop_ids[:1],
        "topic_rise": make_rise(case, topic, 5, 0),
        "contact_of_the_officer": make_contact(case),
        "contact_of_the_referent": make_contact(case, user_ids=[(6, 0, case.referent.ids)]),
        "commitment_of_the_officer": make_promise(case, days=-1),
        "commitment_of_the_referent": make_promise(
            case, user_id=case.referent.id, promised_by_id=case.referent.partner_id.id
        ),
        "commitment_published_a": make_promise(case, days=3, is_published=True),
        "silence_a": case.env["commune.silence"].browse(case.commune_a.id),
    }
