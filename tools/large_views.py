"""Fields that the web client requests, from the arch of a view."""

from dateutil.relativedelta import relativedelta
from lxml import etree

from odoo import fields
from odoo.fields import Domain
from odoo.tools.safe_eval import safe_eval

PAGE = 80  # lines of a list
INNER_PAGE = 40  # of a list within a form
INNER = ("list", "kanban", "form")
WIDGETS = ("many2many_tags", "many2many_tags_avatar", "many2many_avatar_user")


def known_words(env):
    """The words that a domain or a context of a view may use."""
    return {
        "uid": env.uid,
        "active_id": False,
        "active_ids": [],
        "context_today": fields.Date.today,
        "relativedelta": relativedelta,
        "allowed_company_ids": env.company.ids,
        "current_date": str(fields.Date.today()),
    }


def evaluate(text, env, default):
    return safe_eval(text, known_words(env)) if text and text.strip() else default


def get_spec(arch, model, inside=None):
    """The fields of a view, with those of the lists within, as `web_read` asks for them."""
    spec = {}
    for node in arch.xpath(".//field"):
        owner = next(node.iterancestors(*INNER, "calendar", "pivot", "graph", "activity"), None)
        name, known = node.get("name"), model._fields.get(node.get("name"))
        if owner is not (arch if inside is None else inside) or known is None:
            continue
        if arch.tag == "list" and node.get("optional") == "hide":
            continue
        spec[name] = _get_field_spec(node, known, model)
    return spec


def _get_field_spec(node, known, model):
    if known.type == "many2one":
        return {"fields": {"display_name": {}}}
    if known.type not in ("one2many", "many2many"):
        return {}
    views = node.xpath("./list|./kanban|./form")
    below = {"display_name": {}} if node.get("widget") in WIDGETS else {}
    for view in views[:1]:
        below |= get_spec(view, model.env[known.comodel_name])
    return {"fields": below, "limit": INNER_PAGE} if below else {}


def get_search(views, context, env):
    """(domain, groups) of the filters that a screen opens with."""
    domain, groups = Domain.TRUE, []
    if "search" not in views["views"]:
        return domain, groups
    arch = etree.fromstring(views["views"]["search"]["arch"])
    for key, value in context.items():
        node = arch.xpath(f"//filter[@name='{key.removeprefix('search_default_')}']")
        if not key.startswith("search_default_") or not value or not node:
            continue
        if node[0].get("domain"):
            domain &= Domain(evaluate(node[0].get("domain"), env, []))
        groups += _as_list(evaluate(node[0].get("context"), env, {}).get("group_by"))
    return domain, groups or _as_list(context.get("group_by"))


def _as_list(value):
    return [value] if isinstance(value, str) else list(value or [])


def get_calendar_domain(arch, model):
    """The month shown around today."""
    start = arch.get("date_start")
    first = fields.Date.today().replace(day=1)
    stop = arch.get("date_stop") if arch.get("date_stop") in model._fields else start
    after = Domain(stop, ">=", str(first - relativedelta(days=6)))
    return after & Domain(start, "<=", str(first + relativedelta(days=37)))


def get_measures(arch, model):
    """(groups, aggregates) of a pivot or a graph."""
    nodes = arch.xpath("./field")
    groups = [
        f"{node.get('name')}:{node.get('interval')}" if node.get("interval") else node.get("name")
        for node in nodes
        if node.get("type") in ("row", "col") or arch.tag == "graph" and not node.get("type")
    ]
    dates = ("date", "datetime")
    groups = [
        f"{name}:month" if name in model._fields and model._fields[name].type in dates else name
        for name in groups
    ]
    sums = [
        f"{node.get('name')}:{model._fields[node.get('name')].aggregator or 'sum'}"
        for node in nodes
        if node.get("type") == "measure" and node.get("name") in model._fields
    ]
    return groups, [*sums, "__count"]
