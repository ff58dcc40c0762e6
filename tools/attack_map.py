"""First half of the scene of bin/attack: routes, public methods and secrets of the server.

Read by `odoo shell`, with attack_scene.py behind it: `env` is given.
"""

import inspect
import re

from odoo import models

MODULE = "commune_relations"
# Models of Odoo that the addon leaves alone, and that people of a commune could reach.
BESIDE = "res.users.apikeys mailing.contact calendar.event ir.logging bus.presence".split()
# Methods that every model has, and that are attacked on each; the rest of the ORM is Odoo's own.
COMMON = """message_post message_subscribe message_unsubscribe activity_schedule message_update
    rating_apply rating_send_request toggle_active action_archive action_unarchive copy
    portal_url get_portal_url""".split()
# Takes the message itself, which no program can send: Odoo stops there, no matter who calls.
UNREACHABLE = {"message_route"}
INVITED = "attaque@exemple.invalid"
# What opens an address without account: (pattern in a text, the group is the secret)
LINKS = [
    r"/web/(?:signup|reset_password)\?[^\"\s]*?token=([\w.=-]{16,})",
    r"/(?:commune-survey|directory-campaign|event-invitation|session|session-agenda"
    r"|replacement-proposal|replacement-evaluation|replacement-calendar)/([A-Za-z0-9_-]{20,})",
    r"/survey/start/[^\"\s]*answer_token=([\w-]{16,})",
    r"/rate/([\w-]{16,})/",
    r"/mailing/[^\"\s]*hash_token=([0-9a-f]{32,})",
]
# Tokens of an open survey, of a file that is read anyway, of requests that no link opens: no secret.
PUBLIC_TOKENS = {"survey.survey", "ir.attachment", "helpdesk.ticket"}


def is_managed(name):
    return env[name]._original_module == MODULE


def real(name):
    model = env[name]
    return not model._abstract and model._auto and (model._transient or model._table_query is None)


def is_extended(name):
    """Whether the inventory of the tests has this model of Odoo: the same rule, no list."""
    parts = [one for one in type(env[name]).__mro__ if getattr(one, "_name", None) == name]
    return any(f".{MODULE}." in one.__module__ for one in parts)


STOCK = [
    name
    for name in env.registry
    if real(name) and not is_managed(name) and (name in BESIDE or is_extended(name))
]


def public_methods(name):
    """{method: (number of required parameters, on the model, defined by the addon)}"""
    cls, found = type(env[name]), {}
    for method, function in inspect.getmembers(cls, inspect.isfunction):
        base = getattr(models.BaseModel, method, None)
        is_own = f".{MODULE}." in f".{function.__module__}."
        if (
            method.startswith("_")
            or method in UNREACHABLE
            or (base and not is_own and method not in COMMON)
        ):
            continue
        if any(getattr(getattr(c, method, None), "_api_private", False) for c in cls.mro()):
            continue
        if not is_own and not is_managed(name) and name not in STOCK:
            continue
        if is_managed(name) and not is_own and method not in COMMON:
            continue
        parameters = list(inspect.signature(function).parameters.values())[1:]
        needed = sum(
            p.default is p.empty and p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)
            for p in parameters
        )
        found[method] = (needed, bool(getattr(function, "_api_model", False)), is_own)
    return found


def routes():
    for rule in env["ir.http"].routing_map().iter_rules():
        routing = rule.endpoint.routing
        function = getattr(rule.endpoint, "func", rule.endpoint)
        owner = getattr(function, "__module__", "")
        converters = {
            n: (type(c).__name__, getattr(c, "model", None)) for n, c in rule._converters.items()
        }
        yield {
            "rule": rule.rule,
            "methods": sorted(rule.methods or ("GET", "POST")),
            "type": routing["type"],
            "auth": routing["auth"],
            "csrf": routing.get("csrf", True),
            "ours": f".{MODULE}." in f"{owner}.",
            "converters": converters,
            "params": [p for p in inspect.signature(function).parameters if p != "self"],
        }


def write_letters():
    """An invitation and a new password, queued by those who may: both hold a live secret."""
    maire = env["res.users"].search([("login", "=", "maire")], limit=1)
    officer = env["res.users"].search([("login", "=", "charge-mission")], limit=1)
    maire.action_reset_password()
    mandates = env["commune.mandate"]
    invited = [("state", "=", "current"), ("partner_id.email", "=", INVITED)]
    waiting = mandates.search(invited, limit=1)
    if not waiting:
        free = [("state", "=", "current"), ("partner_id.user_ids", "=", False)]
        waiting = mandates.search([*free, ("partner_id.is_fictitious", "=", True)], limit=1)
        waiting.partner_id.email = INVITED
    waiting.with_user(officer).sudo(False).action_portal_invite()


def find_secrets():
    """{secret: where it is kept} of all that opens something without a password."""
    found = {}
    for name in env.registry:
        model = env[name]
        if not real(name) or model._transient or name in PUBLIC_TOKENS:
            continue
        for field in model._fields.values():
            if "token" not in field.name or field.type != "char" or not field.store:
                continue
            records = (
                model.sudo().with_context(active_test=False).search([(field.name, "!=", False)])
            )
            for record in records[:500]:
                if len(record[field.name]) >= 16:
                    found[record[field.name]] = f"{name}.{field.name}"
    for partner in env["res.partner"].sudo().search([("signup_type", "!=", False)], limit=200):
        found[partner._generate_signup_token()] = "res.partner (inscription)"
    for trace in env["mailing.trace"].sudo().search([("email", "!=", False)], limit=200):
        mailing = trace.mass_mailing_id
        token = mailing._generate_mailing_recipient_token(trace.res_id, trace.email)
        found[token] = "mailing.mailing (désabonnement)"
    return found


def sent_secrets():
    """The secrets that the mail server gets for each letter of the queue."""
    found = {}
    for mail in env["mail.mail"].sudo().search([], limit=200):
        for copy in mail._prepare_outgoing_list():
            body = f"{copy['body']} {copy['headers']}".replace("&amp;", "&")
            for pattern in LINKS:
                found.update(dict.fromkeys(re.findall(pattern, body), "lettre en file"))
    return found
