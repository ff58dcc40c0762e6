"""Every menu, every form and every screen of its own, as the browser of a member of the
organisation asks."""

from types import SimpleNamespace

from large_views import (
    PAGE,
    evaluate,
    get_calendar_domain,
    get_measures,
    get_search,
    get_spec,
)
from lxml import etree

from odoo.fields import Domain

# Wizards that a record opens: {model: (their field that names it, a domain that finds it)}
OPENED_FROM = {
    "commune.survey.phone": ("target_id", [("campaign_id.state", "=", "open")]),
    "commune.survey.publish": ("campaign_id", [("state", "in", ("closed", "published"))]),
}
APART = 1_000_000  # what large_copy.py added has larger numbers: the same record in both databases
USERS = ("direction", "coordination", "charge-mission", "referent")
ADDON = "commune_relations."


def as_user(env, login):
    user = env["res.users"].search([("login", "=", login)])
    return env(user=user.id, context={"lang": "fr_FR", "tz": "Europe/Paris"})


def measure_screens(env, meter):
    for login in USERS:
        own = as_user(env, login)
        menus = own["ir.ui.menu"].load_menus(False)
        for menu in menus.values():
            if (menu.get("xmlid") or "").startswith(ADDON) and menu["action_id"]:
                name = _get_path(menus, menu)
                action = own[menu["action_model"]].browse(menu["action_id"])
                if action._name == "ir.actions.act_window":
                    measure_window(own, meter, name, action.sudo())
                elif action._name == "ir.actions.server":
                    measure_server_action(own, meter, name, action)
    for window in _get_windows(env):
        measure_form(as_user(env, USERS[0]), meter, window)
    measure_own_screens(env, meter)


def _get_path(menus, menu):
    names = [menu["name"]]
    above = {child: one for one in menus.values() for child in one["children"]}
    while (menu := above.get(menu["id"])) and menu.get("xmlid") not in (
        None,
        "",
        ADDON + "menu_root",
    ):
        names.insert(0, menu["name"])
    return " > ".join(names)


def _get_windows(env):
    data = env["ir.model.data"].search(
        [("module", "=", "commune_relations"), ("model", "=", "ir.actions.act_window")]
    )
    return env["ir.actions.act_window"].browse(data.mapped("res_id"))


# menus


def measure_server_action(env, meter, name, action):
    """Measure a server action, then the action that it opens."""
    meter.measure("menu", f"{name} : ouverture", action.run)
    found = action.run()
    if not found or found["type"] != "ir.actions.act_window" or found.get("res_id"):
        return
    search = found.get("search_view_id") or [False]
    window = SimpleNamespace(
        res_model=found["res_model"],
        views=found["views"],
        context=str(found.get("context") or {}),
        domain=str(found.get("domain") or []),
        search_view_id=SimpleNamespace(id=search[0]),
    )
    measure_window(env, meter, name, window)


def measure_window(env, meter, name, action):
    try:
        context = evaluate(action.context, env, {})
        domain = Domain(evaluate(action.domain, env, []))
    except Exception as error:
        meter.fail("menu", name, error)
        return
    model = env[action.res_model].with_context(**context)
    kinds = [kind for _view, kind in action.views]
    asked = [*action.views, (action.search_view_id.id, "search")]
    meter.measure("menu", f"{name} : vues", lambda: model.get_views(asked, {"toolbar": True}))
    views = model.get_views(asked, {"toolbar": True})
    more, groups = get_search(views, context, env)
    for kind in kinds:
        arch = etree.fromstring(views["views"][kind]["arch"])
        call = _get_call(kind, arch, model, domain & more, groups)
        if call:
            meter.measure("menu", f"{name} : {kind}", call)


def _get_call(kind, arch, model, domain, groups):
    """First call of the browser in a view."""
    spec = get_spec(arch, model)
    if kind in ("list", "kanban"):
        own = [arch.get("default_group_by")] if arch.get("default_group_by") else []
        order = arch.get("default_order")
        if groups := groups or own:
            first = [_by_month(model, groups[0])]
            return lambda: model.web_read_group(
                domain,
                first,
                ["__count"],
                limit=PAGE,
                auto_unfold=kind == "kanban",
                unfold_read_specification=spec,
            )
        limit = int(arch.get("limit") or PAGE)
        return lambda: model.web_search_read(domain, spec, limit=limit, order=order)
    if kind in ("pivot", "graph"):
        by, sums = get_measures(arch, model)
        return lambda: model.formatted_read_group(domain, by, sums)
    if kind == "calendar":
        shown = domain & get_calendar_domain(arch, model)
        names = list(get_spec(arch, model)) + [arch.get("date_start")]
        return lambda: model.search_read(shown, names)
    if kind == "activity":
        return lambda: model.env["mail.activity"].get_activity_data(model._name, domain, limit=100)
    return None


def _by_month(model, name):
    known = model._fields.get(name)
    return f"{name}:month" if known is not None and known.type in ("date", "datetime") else name


# forms


def measure_form(env, meter, window):
    """A record that is in both databases, the latest; a wizard as it opens."""
    model = env[window.res_model]
    if "form" not in dict(map(reversed, window.views)):
        return
    name = f"{window.res_model} ({window.name})"
    try:
        spec = get_form_spec(env, window)
        if model._transient or model._abstract:
            model = model.with_context(**_get_opener(model))
            meter.measure("wizard", name, lambda: model.onchange({}, [], spec))
            return
        record = get_record(env, window)
    except Exception as error:
        meter.fail("form", name, error)
        return
    if record:
        meter.measure("form", name, lambda: record.web_read(spec))


def _get_opener(model):
    """Context of the button that opens a wizard on a record."""
    if model._name not in OPENED_FROM:
        return {}
    name, domain = OPENED_FROM[model._name]
    records = model.env[model._fields[name].comodel_name]
    record = records.search(Domain(domain) & Domain("id", "<", APART), order="id desc", limit=1)
    return {f"default_{name}": record.id}


def get_form_spec(env, window):
    model, view = env[window.res_model], dict(map(reversed, window.views))["form"]
    arch = etree.fromstring(model.get_views([(view, "form")])["views"]["form"]["arch"])
    return get_spec(arch, model)


def get_record(env, window):
    try:
        domain = Domain(evaluate(window.domain, env, []))
    except Exception:
        domain = Domain.TRUE
    model = env[window.res_model]
    if model._table_query is not None or not model._auto:
        return model.search(domain, limit=1)
    return model.search(domain & Domain("id", "<", APART), order="id desc", limit=1)


# screens of the addon


def measure_own_screens(env, meter):
    own = {login: as_user(env, login) for login in (*USERS, "vice-presidence")}
    staff_env = own["direction"]
    home = staff_env.company.epci_id._get_members()[:1]
    calls = {
        f"ma journée, {login}": person["commune.my.day"].get_day for login, person in own.items()
    } | {
        "tableau de bord": staff_env["commune.steering"].get_board,
        "planning": lambda: own["coordination"]["commune.replacement.board"].get_window(
            False, "eight"
        ),
        "matrice des services": staff_env["commune.service.matrix"].get_matrix,
        "carte des communes": staff_env["res.partner"].get_commune_map,
        "fiche de visite": lambda: staff_env["commune.card"].get_page(home.id),
        "tri de la veille": lambda: staff_env["commune.watch.item"].get_sorting([]),
        "recherche, une personne": lambda: staff_env["commune.search"].find("maire d’Augny"),
        "recherche, un mot": lambda: staff_env["commune.search"].find("lampadaires"),
        "tableurs": lambda: staff_env["spreadsheet.dashboard.group"].search_read(
            [], ["name", "published_dashboard_ids"]
        ),
        "noms de communes": lambda: staff_env["res.partner"].name_search("aug", limit=8),
    }
    for name, call in calls.items():
        meter.measure("screen", name, call)
