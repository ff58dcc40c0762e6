"""Scene of bin/attack: data of a demonstration, read as administrator and written as JSON.

Read by `odoo shell` behind attack_map.py: `env` is given. Makes the accounts that the demonstration lacks (closed by
attack_close.py), a key of the JSON-2 interface for each person, and two letters that hold a live
secret; everything else is only read.
"""

import json
import os
import secrets
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command

# login in the demonstration, or the group of an account made for the attack
PERSONS = {
    "maire": "maire",
    "dgs": "dgs",
    "secretaire": "secretaire",
    "conseillere": "conseillere",
    "agent": "remplacante",
    "referent": "referent",
    "charge-mission": "charge-mission",
    "coordination": "coordination",
    "direction": "direction",
    "lecture": f"{MODULE}.group_reader",
    "personne": "base.group_user",
    "sans-mandat": "base.group_portal",
}
# What communes offer to each other is shown to all of them.
SHARED = ("commune.exchange", "commune.exchange.notice")
PUBLIC_EMPLOYEE = env["hr.employee.public"]._fields
TEXTS = ("char", "text", "html", "json")
SAMPLE, CANARIES = 3, 150
QUICK = bool(os.environ.get("ATTACK_QUICK"))
QUICK_PERSONS = ("maire", "conseillere", "lecture", "personne")


def make_person(key, wanted):
    """The account of one kind of person: {login, password, uid, partner, communes, key}."""
    users = env["res.users"].with_context(no_reset_password=True, tracking_disable=True)
    login, password = wanted, wanted
    if "." in wanted:
        login, password = f"attaque-{key}", secrets.token_urlsafe(24)
        user = users.with_context(active_test=False).search([("login", "=", login)])
        user = user or users.create({"name": f"Attaque {key}", "login": login})
        groups = Command.set(env.ref(wanted).ids)
        user.write({"active": True, "password": password, "group_ids": [groups]})
    user = users.search([("login", "=", login)])
    if not user:
        return None
    tomorrow = fields.Datetime.now() + timedelta(hours=6)
    api_key = env["res.users.apikeys"].with_user(user).sudo()
    mandates = user.partner_id.held_mandate_ids.filtered(lambda m: m.state == "current")
    return {
        "login": login,
        "password": password,
        "uid": user.id,
        "partner": user.partner_id.id,
        "portal": user.share,
        "communes": mandates.commune_id.filtered("is_commune").ids,
        "api_key": api_key._generate("rpc", "bin/attack", tomorrow),
    }


def split(user, name):
    """Ids of a model for a person: hidden, read only, written too, and all that is read."""
    records = env[name].sudo().with_context(active_test=False).search([], limit=3000)
    own = records.with_user(user).sudo(False)
    try:
        read = own._filtered_access("read")
        written = read._filtered_access("write")
    except AccessError:
        read = written = own.browse()
    hidden = records - read.sudo()
    return hidden, read, read - written


def text_fields(name):
    return [n for n, f in env[name]._fields.items() if f.type in TEXTS and f.store]


def take(records, user_communes):
    """A few ids, of another commune first."""
    if "commune_id" in records._fields and records._fields["commune_id"].store:
        foreign = records.filtered(lambda r: r.commune_id and r.commune_id.id not in user_communes)
        records = foreign or records
    return records[:SAMPLE].ids


def texts_of(records, names):
    rows = records.sudo().read(names) if names else []
    return [str(row[n]).strip() for row in rows for n in names if row[n]]


def describe(user, communes, scope):
    """Hidden and read-only records of a person, by model, and words that they must not get."""
    reach, blob, words = {}, [], []
    for name in scope:
        hidden, read, fixed = split(user, name)
        reach[name] = {
            "hidden": take(hidden, communes),
            "fixed": take(fixed, communes),
            "create": env[name].with_user(user).has_access("create"),
            "write": env[name].with_user(user).has_access("write"),
        }
        names = text_fields(name)
        blob += texts_of(read, names)
        if name not in SHARED and "commune_id" in env[name]._fields:
            foreign = hidden.filtered(lambda r: r.commune_id and r.commune_id.id not in communes)
            chars = [n for n in names if env[name]._fields[n].type in ("char", "text")]
            words.append(texts_of(foreign[:40], chars))
    everything = "\n".join(blob)
    kept = [
        word
        for group in words
        for word in dict.fromkeys(w for w in group if 20 <= len(w) <= 300 and w.count(" ") > 1)
        if word not in everything
    ]
    return reach, kept[:CANARIES]


def oracles(user, scope, reach):
    """Domains that reveal something of a record that the person may not read, when they match."""
    found = []
    for name in scope:
        model = env[name].with_user(user)
        if not model.has_access("read"):
            continue
        for record in split(user, name)[1][:40].sudo():
            for field in record._fields.values():
                if field.type not in ("many2one", "one2many", "many2many") or not field.store:
                    continue
                linked = record[field.name]
                if field.comodel_name not in reach or not linked:
                    continue
                shown = linked.with_user(user)._filtered_access("read").sudo()
                hidden = linked - shown
                for target in text_fields(field.comodel_name)[:12]:
                    value = hidden[:1][target]
                    # Odoo shows these to every colleague, through another model.
                    public = field.comodel_name == "hr.employee" and target in PUBLIC_EMPLOYEE
                    if public or value in shown.mapped(target):
                        continue
                    if value and isinstance(value, str) and len(value) > 3:
                        path = f"{field.name}.{target}"
                        found.append((name, path, record.id, value[:80]))
    unique = {(name, path): (record, value) for name, path, record, value in found}
    return [[*key, *value] for key, value in unique.items()]


def main():
    managed = sorted(n for n in env.registry if is_managed(n) and real(n) and not env[n]._transient)
    scope = managed + [n for n in STOCK if n in env.registry and n not in managed]
    stored = [n for n in scope if real(n)]
    wanted = {key: login for key, login in PERSONS.items() if not QUICK or key in QUICK_PERSONS}
    persons = {key: make_person(key, login) for key, login in wanted.items()}
    persons = {key: person for key, person in persons.items() if person}
    write_letters()
    env.cr.commit()
    for person in persons.values():
        user = env["res.users"].browse(person["uid"])
        person["reach"], person["canaries"] = describe(user, person["communes"], stored)
        # Without mandate or mission, an account has only the rights of Odoo: no test of the addon.
        guesses = not QUICK and not (user.share and not user._get_commune_accounts())
        person["oracles"] = oracles(user, stored, person["reach"]) if guesses else []
    public = env.ref("base.public_user")
    reach, words = describe(public, [], stored)
    persons["anonyme"] = {
        "login": None, "uid": public.id, "portal": True, "communes": [], "reach": reach,
        "canaries": words, "oracles": [],
    }  # fmt: skip
    every = [n for n in env.registry if is_managed(n) or n in STOCK or not env[n]._abstract]
    scene = {
        "persons": persons,
        "routes": list(routes()),
        "methods": {n: found for n in every if (found := public_methods(n))},
        "texts": {n: text_fields(n) for n in env.registry if real(n)},
        "tables": sorted({env[n]._table for n in stored}),
        "ours": managed,
        "secrets": find_secrets() | sent_secrets(),
        "links": LINKS,
    }
    target = os.environ["ATTACK_SCENE"]
    with open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(scene, file)
    env.cr.commit()


main()
