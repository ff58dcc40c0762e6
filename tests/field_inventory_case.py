"""Who writes and reads each stored field: from the registry, by trying."""

import base64
from contextlib import contextmanager, suppress
from datetime import timedelta

from psycopg2 import Error as DatabaseError

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.models import MAGIC_COLUMNS
from odoo.tests import new_test_user
from odoo.tools import SQL

from .test_access_matrix import EVERYONE, PORTAL, AccessRecords

MODULE = "commune_relations"
# A colleague who runs other applications, and one of another company: neither has a role here.
OUTSIDE = ("stock", "other_company")
KINDS = (*EVERYONE, *OUTSIDE)
# Who reads by right of a role is in the matrix of records; these may read a record for another
# reason than its staff.
READERS = ("employee", *PORTAL, *OUTSIDE)
STOCK_ROLES = """base.group_user base.group_partner_manager helpdesk_mgmt.group_helpdesk_manager
    survey.group_survey_manager event.group_event_manager mass_mailing.group_mass_mailing_user
    agreement.group_agreement_manager mail_group.group_mail_group_manager""".split()
PIXEL = base64.b64encode(
    base64.b64decode("R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=")
).decode()
# Records in a state that has its own law: what is signed, sent, published or written by a commune.
APART = {
    "request_filed",
    "file_filed",
    "mailing_sent",
    "survey_of_the_organisation",
    "agreement_a",
    "session",
    "statement",
    "published",
    "commitment_published_a",
    "mandate_ended",
    "said_by_commune",
    "colleague",
}
OWN = {"res.users", "res.partner"}
# Who makes records, with rights that others of these do not have.
MAKERS = ("referent", "officer", "manager", "coordinator", "stock", "other_company")
QUIET = {
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "no_reset_password": True,
    "tracking_disable": True,
}
MOST = 6  # values tried for one field
ENOUGH = 2  # records tried by one person
TEXTS = ("x", "a@inventaire.example", "https://inventaire.example/x", "123456782", "0387000000")


class Undo(Exception):
    """Ends a try: nothing of it is kept."""


class FieldInventoryCase(AccessRecords):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stock = new_test_user(cls.env, "inventory_stock", ",".join(STOCK_ROLES))
        company = cls.env["res.company"].create({"name": "Menuiserie (inventaire)"})
        cls.other_company = new_test_user(
            cls.env,
            "inventory_joiner",
            "base.group_user,base.group_partner_manager",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        cls.env.flush_all()
        (cls.commune_a | cls.portal_a.partner_id | cls.commune_b).comment = "<p>Note</p>"
        cls.faults, cls.unmade = [], set()

    # what there is

    def _get_models(self):
        """The lasting models of the addon, and those that it extends."""
        for name, model in sorted(self.env.items()):
            lasting = model._auto and not (model._abstract or model._transient)
            if lasting and any(
                part.__module__.startswith(f"odoo.addons.{MODULE}.") and part._name == name
                for part in type(model).__mro__
                if hasattr(part, "_name")
            ):
                yield model

    def _get_fields(self, model):
        return [
            field
            for name, field in sorted(model._fields.items())
            if field.store and field.type != "one2many" and name not in (*MAGIC_COLUMNS, "id")
        ]

    # the records: about communes, where the model is of Odoo

    @classmethod
    def _get_records(cls):
        records = super()._get_records()
        return {**records, **cls._get_stock_records(records)}

    @classmethod
    def _get_stock_records(cls, records):
        env = cls.env
        request, commune, event = records["request_a"], cls.commune_a, records["event"]
        request_place = {"res_model": request._name, "res_id": request.id}
        filed = env["helpdesk.ticket"].with_user(cls.portal_a).sudo()
        filed = filed.create(
            {
                "name": "Trou",
                "description": "<p>Un trou</p>",
                "commune_id": commune.id,
                "partner_id": cls.portal_a.partner_id.id,
                "channel_id": env.ref("helpdesk_mgmt.helpdesk_ticket_channel_web").id,
            }
        )
        filed.commune_file_ids = env["ir.attachment"]._create_commune_files(
            filed, [("a.txt", b"a")]
        )
        questions = records["survey_of_a_campaign"].question_ids
        audience = records["audience"]
        group = env["mail.group"].create(
            {"name": "Maires (inventaire)", "audience_id": audience.id}
        )
        letters = audience.mailing_list_id or env["mailing.list"].create({"name": "Lettres"})
        sent = records["mailing"].copy({"network_kind": "letter"})
        sent.flush_recordset()  # no approval is known, no letter leaves
        env.cr.execute("UPDATE mailing_mailing SET state = 'done' WHERE id = %s", sent.ids)
        sent.invalidate_recordset()
        contact = env["mailing.contact"].create({"name": "Anne", "email": "anne@mel.example"})
        link = env["link.tracker"].create(
            {"url": "https://inventaire.example/", "mass_mailing_id": sent.id}
        )
        return {
            "request_filed": filed,
            "mailing_sent": sent,
            "file_filed": filed.commune_file_ids,
            "said_by_commune": request.message_post(
                body="Merci", author_id=cls.portal_a.partner_id.id, message_type="comment"
            ),
            "said_by_officer": commune.with_user(cls.officer).message_post(
                body="Vu", message_type="comment"
            ),
            "activity": commune.activity_schedule(
                "mail.mail_activity_data_todo", user_id=cls.officer.id
            ),
            "follower": env["mail.followers"].create(
                {**request_place, "partner_id": cls.portal_b.partner_id.id}
            ),
            "scheduled": env["mail.scheduled.message"].create(
                {
                    "model": commune._name,
                    "res_id": commune.id,
                    "author_id": cls.officer.partner_id.id,
                    "body": "Demain",
                    "scheduled_date": "2050-01-01",
                }
            ),
            "file": env["ir.attachment"].create({"name": "a.txt", "raw": b"a", **request_place}),
            "group": group,
            "group_member": group.member_ids[:1],
            "group_message": env["mail.group.message"].create(
                {
                    "mail_group_id": group.id,
                    "subject": "Sel",
                    "body": "Sel",
                    "email_from": "anne@mel.example",
                }
            ),
            "list": letters,
            "subscription": env["mailing.subscription"].create(
                {"list_id": letters.id, "contact_id": contact.id}
            ),
            "link": link,
            "source": records["mailing"].source_id,
            "trace": env["mailing.trace"].create(
                {
                    "mass_mailing_id": records["mailing"].id,
                    "model": "res.partner",
                    "res_id": cls.portal_a.partner_id.id,
                    "email": "anne@mel.example",
                }
            ),
            "question": questions[:1],
            "question_answer": questions.suggested_answer_ids[:1],
            "mail": env["mail.mail"].create({"subject": "Lettre", "body_html": "<p>Lettre</p>"}),
            "template": env.ref("commune_relations.mail_template_session_notice"),
            "account": cls.portal_a,
            "colleague_account": cls.officer,
            "company": env.company,
            "bank": env["res.partner.bank"].create(
                {"acc_number": "FR7630006000011234567890189", "partner_id": commune.id}
            ),
            "team_hours": records["team"].resource_calendar_id,
            "skill": env.ref("commune_relations.skill_acc"),
            "skill_level_of_odoo": env.ref(
                "commune_relations.skill_acc"
            ).skill_type_id.skill_level_ids[:1],
            "event_letters": event.event_mail_ids[:1],
            "agent_skill": env["hr.employee.skill"].create(
                {
                    "employee_id": records["agent"].id,
                    "skill_id": env.ref("commune_relations.skill_acc").id,
                    "skill_type_id": env.ref("commune_relations.skill_acc").skill_type_id.id,
                    "skill_level_id": env.ref("commune_relations.skill_acc")
                    .skill_type_id.skill_level_ids[:1]
                    .id,
                }
            ),
            "mail_server": env["ir.mail_server"].create({"name": "x", "smtp_host": "x.example"}),
            "mail_domain": env["mail.alias.domain"].search([], limit=1)
            or env["mail.alias.domain"].create({"name": "inventaire.example"}),
            "preview": env["mail.link.preview"].create({"source_url": "https://x.example/"}),
            "device": env["mail.push.device"].create(
                {
                    "endpoint": "https://x.example/",
                    "keys": "{}",
                    "partner_id": cls.officer.partner_id.id,
                }
            ),
        }

    def _get_places(self):
        """(label, model, records) for each model, and for records in a state of their own; None
        for the account of each person, or its contact."""
        for model in self._get_models():
            name = model._name
            records = [
                (key, record[:1].sudo())
                for key, record in self.records.items()
                if record._name == name and record
            ]
            plain = [record for key, record in records if key not in APART]
            plain = plain or list(model.sudo().with_context(active_test=False).search([], limit=1))
            yield name, model, plain
            for key, record in records:
                if key in APART:
                    yield f"{name}({key})", model, [record]
            if name in OWN:
                yield f"{name}(own)", model, None

    def _get_reached(self, model, records, who, what):
        """The records, or one's own, as this person meets those that are open to such an act."""
        user = getattr(self, who)
        if records is None and model._name == "res.users":
            return [user.with_user(user).sudo(False)]  # Odoo asks for no right on one's own account
        if records is None:
            records = [user.sudo().partner_id]
        own = [record.with_user(user).sudo(False) for record in records]
        return [record for record in own if record.has_access(what)][:ENOUGH]

    def _find(self, label, model, records, fields):
        """{(what, label, field): who} of those whom nothing stops."""
        found = {}
        for what, kinds, is_open in (
            ("write", KINDS, self._is_written),
            ("read", READERS, self._is_read),
        ):
            reached = {who: self._get_reached(model, records, who, what) for who in kinds}
            for field in fields:
                who = [
                    who
                    for who, own in reached.items()
                    if any(r._has_field_access(field, what) and is_open(r, field) for r in own)
                ]
                if who:
                    found[what, label, field.name] = " ".join(who)
        return found

    # what is written through the lines of another record

    def _find_nested(self, model, records):
        """A sentence for each field of a line that a person writes by a command on its parent, and
        does not write on the line itself."""
        for field in model._fields.values():
            child = self.env.get(field.comodel_name) if field.type == "one2many" else None
            if child is None or not field.store or child not in self.nested_models:
                continue
            columns = [one for one in self._get_fields(child) if one.column_type]
            for who in MAKERS:
                for parent in self._get_reached(model, records, who, "write")[:1]:
                    lines = parent.sudo()[field.name][:1].with_user(getattr(self, who))
                    for line in lines.sudo(False):
                        for one in columns:
                            if self._is_nested_written(parent, field, line, one):
                                yield f"{model._name}.{field.name}: {one} by {who}"

    def _is_nested_written(self, parent, field, line, one):
        """Whether a value that is refused on a line goes through by a command on its parent."""
        for value in self._get_values(line.sudo(), one)[:ENOUGH]:
            if self._try(line, one, value) is None:
                continue
            with suppress(UserError, DatabaseError, ValueError), self._undone():
                before = self._get_stored(line, one)
                parent.write({field.name: [Command.update(line.id, {one.name: value})]})
                self.env.flush_all()
                if self._get_stored(line, one) != before:
                    return True
        return False

    # what is given at creation, and written no more: a guard that only a write meets is a hole

    def _find_starts(self, label, model, records, fields, written):
        """{("create", label, field): who} of those who give a value when they make a record, of a
        field that they do not write afterwards.

        :param written: what `_find` found
        """
        found, makers = {}, {}
        for who in MAKERS if records else ():
            if who == "manager" and "officer" in makers:  # who has all of an officer
                continue
            own = model.with_user(getattr(self, who)).sudo(False).with_context(**QUIET)
            if own.has_access("create"):
                makers[who] = own
        if not makers:
            return found
        bases = self._get_bases(model.sudo().with_context(**QUIET), records[0])
        if not bases:  # nobody makes another
            self.unmade.add(label)
        for who, own in makers.items():
            guarded = [
                field
                for field in fields
                if field.column_type
                and who not in written.get(("write", label, field.name), "").split()
                and own._has_field_access(field, "write")
            ]
            base = next((one for one in bases if self._make(own, one) is not None), None)
            if base is not None:
                for name in self._get_accepted(own, base, records[0], guarded):
                    found.setdefault(("create", label, name), []).append(who)
        return {key: " ".join(who) for key, who in found.items()}

    def _get_bases(self, model, record):
        """Values with which a record like that of the case is made, those that say least first."""
        copied = record.sudo().copy_data()[0]
        needed = {
            name: value
            for name, value in copied.items()
            if model._fields[name].required and value is not False
        }
        bases = [one for one in ({}, needed) if self._make(model, one) is not None]
        for values in (copied, self._get_later(model, copied), *self._get_elsewhere(model, copied)):
            another = {
                name: f"{value} bis" if name in ("name", "code", "value", "login") else value
                for name, value in values.items()
            }
            if self._make(model, another) is not None:
                return [*bases, another]
        return bases

    def _get_elsewhere(self, model, values):
        """The same of another commune, person or thing, of which there is one each."""
        for name, value in values.items():
            field = model._fields[name]
            if value and field.type == "many2one" and field.required:
                now = self.env[field.comodel_name].browse(value)
                for other in self._get_other_records(field, now)[:1]:
                    yield {**values, name: other}

    def _get_later(self, model, values):
        """The same, ten years later: one period follows the other."""
        return {
            name: value + timedelta(days=3653)
            if value and model._fields[name].type in ("date", "datetime")
            else value
            for name, value in values.items()
        }

    def _make(self, model, values, names=()):
        """What is stored of the record that is made; None when it is refused."""
        stored = None
        try:
            with self._undone():
                record = model.create(dict(values))
                self.env.flush_all()
                stored = [self._get_stored(record, model._fields[name]) for name in names]
        except (UserError, DatabaseError, ValueError):
            return None
        except Exception as error:
            if model._original_module == MODULE:
                self.faults.append(f"{model._name}.create({values!r}): {error!r}")
            return None
        return stored

    def _get_accepted(self, model, base, record, fields):
        """Names of the fields of which a value is kept when it is given."""
        plain = self._make(model, base, [field.name for field in fields])
        for field, before in zip(fields, plain or (), strict=True):
            for value in self._get_values(record.sudo(), field)[:ENOUGH]:
                kept = self._make(model, {**base, field.name: value}, [field.name])
                if kept is not None and kept[0] != before and self._is_given(kept[0], value):
                    yield field.name
                    break

    def _is_given(self, stored, value):
        """Whether it is the value that was typed, and not what the software makes of it."""
        [(kept,)] = stored
        if isinstance(kept, dict):  # by language, or as it is
            return value in (kept, *kept.values())
        return bool(kept) and (kept == value or str(kept) == str(value))

    # a try

    @contextmanager
    def _undone(self):
        try:
            with self.env.cr.savepoint():
                yield
                raise Undo
        except Undo:
            pass

    def _get_stored(self, record, field):
        if field.column_type:
            sql = SQL(
                "SELECT %s FROM %s WHERE id = %s",
                SQL.identifier(field.name),
                SQL.identifier(record._table),
                record.id,
            )
            return self.env.execute_query(sql)
        record = record.sudo().with_context(active_test=False)
        record.invalidate_recordset([field.name])
        value = record[field.name]
        return sorted(value.ids) if field.relational else value

    def _is_read(self, record, field):
        """Whether what is kept is read: a field of the addon may be read empty."""
        if not type(field).__module__.startswith(f"odoo.addons.{MODULE}."):
            return True
        kept = record.sudo()[field.name]
        return not kept or bool(record.read([field.name])[0][field.name])

    def _is_written(self, record, field):
        """Whether one value at least goes through."""
        refusals = []
        for value in self._get_values(record.sudo(), field):
            refusal = self._try(record, field, value)
            if refusal is None:
                return True
            if refusal in refusals and not field.relational:  # whatever the value
                return False
            refusals.append(refusal)
        return False

    def _try(self, record, field, value):
        """None when another value is stored afterwards, else what was said."""
        changed = False
        try:
            with self._undone():
                before = self._get_stored(record, field)
                record.write({field.name: value})
                self.env.flush_all()
                changed = self._get_stored(record, field) != before
        except (UserError, DatabaseError, ValueError) as error:
            return type(error), str(error)
        except Exception as error:  # a refusal that is no sentence
            if record._original_module != MODULE:
                return type(error), str(error)
            self.faults.append(f"{record._name}.{field.name} = {value!r}: {error!r}")
            return type(error), str(error)
        return None if changed else (None, "")

    # another value

    def _get_values(self, record, field):
        """Some values that the field does not have now."""
        maker = getattr(self, f"_get_{field.type}_values")
        return list(maker(record, field, record[field.name]))[:MOST]

    def _get_char_values(self, _record, field, now):
        if field.name in ("model", "res_model"):
            return ["res.company"]  # of which there is none with the number of the record
        return [text for text in (f"{now}x" if now else "x", *TEXTS) if text != now]

    _get_text_values = _get_char_values

    def _get_html_values(self, _record, _field, _now):
        return ["<p>Inventaire</p>"]

    def _get_boolean_values(self, _record, _field, now):
        return [not now]

    def _get_integer_values(self, _record, _field, now):
        return [now + 1, now + 7, max(now - 1, 0)]

    _get_float_values = _get_monetary_values = _get_many2one_reference_values = _get_integer_values

    def _get_date_values(self, _record, _field, now):
        return [(now or self.today) + timedelta(days=days) for days in (1, -1, 400, -400)]

    def _get_datetime_values(self, _record, _field, now):
        now = now or self.env.cr.now().replace(microsecond=0)
        return [now + timedelta(days=days) for days in (1, -1, 400, -400)]

    def _get_selection_values(self, _record, field, now):
        return [value for value in field.get_values(self.env) if value != now]

    def _get_other_records(self, field, now):
        """Those of the case first, which most people read."""
        model = self.env[field.comodel_name].sudo()
        known = [r.id for r in self.records.values() if r._name == model._name]
        found = model.search([("id", "not in", now.ids)], limit=4).ids
        return [one for one in dict.fromkeys([*known, *found]) if one not in now.ids]

    def _get_many2one_values(self, _record, field, now):
        return [*self._get_other_records(field, now)[: MOST - 1], *([False] if now else [])]

    def _get_many2many_values(self, _record, field, now):
        others = self._get_other_records(field, now)[: MOST - 1]
        return [*([Command.link(one)] for one in others), *([[Command.clear()]] if now else [])]

    def _get_reference_values(self, record, field, _now):
        names = field.get_values(self.env)
        return [f"{name},{one.id}" for name in names for one in self.env[name].search([], limit=1)]

    def _get_binary_values(self, _record, _field, _now):
        return [PIXEL]

    _get_image_values = _get_binary_values

    def _get_json_values(self, _record, _field, _now):
        return [{"inventaire": 1}]

    def _get_properties_definition_values(self, _record, _field, _now):
        return [[{"name": "0123456789abcdef", "type": "char", "string": "Inventaire"}]]

    def _get_properties_values(self, _record, _field, _now):
        return [[{"name": "0123456789abcdef", "type": "char", "string": "x", "value": "x"}]]
