"""What the organisation uses: a pillar that is off is out of the menus, pages and reminders.

Nothing is deleted and no right depends on it: the link of a letter still opens its page, and on
again, all is back. The pillar of an element is declared once: menus and portal pages here, a node
of a form by `pillar="…"`, a scheduled action by `@when_used`.
"""

from functools import lru_cache, wraps

from odoo import api, fields, models

from ...engine.web import is_under
from .window_actions import MODULE

PILLARS = (
    "requests",
    "network",
    "committees",
    "services",
    "surveys",
    "replacement",
    "knowledge",
    "steering",
)
# The items below a menu follow it; one that is listed twice needs both.
MENUS = {
    "requests": (
        "menu_requests",
        "menu_requests_transfers",
        "menu_requests_configuration",
    ),
    "network": (
        "menu_network_letters",
        "menu_network_meetings",
        "menu_network_campaigns",
        "menu_network_preferences",
        "menu_network_obligations",
        "menu_network_mailing_stats",
        "menu_configuration_legal_values",
    ),
    "committees": (
        "menu_committees",
        "menu_committees_attendance",
        "menu_configuration_notice_rules",
        "menu_configuration_school_holidays",
    ),
    "services": (
        "menu_services_services",
        "menu_services_agreement_section",
        "menu_services_brochure",
        "menu_configuration_services",
    ),
    "surveys": ("menu_surveys",),
    "replacement": (
        "menu_replacement",
        "menu_replacement_billing",
        "menu_replacement_quality",
        "menu_replacement_pool",
        "menu_replacement_figures",
        "menu_replacement_reports",
        "menu_configuration_work_rules",
    ),
    "knowledge": (
        "menu_knowledge_library",
        "menu_knowledge_watching",
        "menu_knowledge_newcomers",
        "menu_knowledge_booklets",
        "menu_requests_published",
    ),
    "steering": (
        "menu_steering_dashboard",
        "menu_steering_silence",
        "menu_steering_topic_trend",
        "menu_steering_spreadsheets",
        "menu_steering_copies",
        "menu_steering_relation",
        "menu_steering_reports",
        "menu_requests_transfers",
        "menu_network_mailing_stats",
        "menu_committees_attendance",
    ),
}
# The page and those below it; any other page is always there.
PAGES = {
    "/my/requests": "requests",
    "/my/orient": "requests",
    "/my/events": "network",
    "/event-invitation": "network",
    "/my/exchanges": "network",
    "/my/peers": "network",
    "/my/directory-campaign": "network",
    "/groups": "network",
    "/my/committees": "committees",
    "/my/sessions": "committees",
    "/my/decisions": "committees",
    "/my/services": "services",
    "/my/agreements": "services",
    "/my/surveys": "surveys",
    "/my/replacements": "replacement",
    "/my/replacement-hours": "replacement",
    "/my/missions": "replacement",
    "/replacement-proposal": "replacement",
    "/my/difficulties": "replacement",
    "/my/guides": "knowledge",
    "/my/watch": "knowledge",
    "/my/booklets": "knowledge",
    "/my/path": "knowledge",
    "/my/newcomers": "knowledge",
    "/my/commitments": "steering",
}


def get_pillar(env, model):
    """The folder of `models/` where a model of this addon is born; empty for another one."""
    for cls in reversed(type(env[model]).__mro__):
        head, _separator, path = cls.__module__.partition(f".{MODULE}.models.")
        if path and cls.__dict__.get("_name") == model:
            return path.partition(".")[0]
    return ""


def when_used(*pillars):
    """For what runs by itself: nothing while one of these pillars is off."""

    def decorate(method):
        @wraps(method)
        def run(self, *args, **kwargs):
            if all(map(self.env.company._uses, pillars)):
                return method(self, *args, **kwargs)
            return None

        run.pillars = pillars
        return run

    return decorate


class ResCompany(models.Model):
    _inherit = "res.company"

    uses_requests = fields.Boolean(string="Requests", default=True)
    uses_network = fields.Boolean(string="Network", default=True)
    uses_committees = fields.Boolean(string="Committees", default=True)
    uses_services = fields.Boolean(string="Services", default=True)
    uses_surveys = fields.Boolean(string="Surveys", default=True)
    uses_replacement = fields.Boolean(string="Replacement", default=True)
    uses_knowledge = fields.Boolean(string="Guides and watch", default=True)
    uses_steering = fields.Boolean(string="Figures for the management", default=True)

    def _forget_menus(self, vals):
        """The menus of each user."""
        self.env.registry.clear_cache()

    def _uses(self, pillar):
        return self.sudo()[f"uses_{pillar}"]

    def _get_unused(self):
        """The pillars that are off, in order."""
        return tuple(pillar for pillar in PILLARS if not self._uses(pillar))

    def _shows_page(self, path):
        """Whether a link to this page of the portal is shown; it opens in any case."""
        return all(map(self._uses, _find_pillars(path)))

    def _get_left_behind(self):
        """What is under way in each pillar, that nobody would see any more: {pillar: [(label,
        count)]}, as superuser; each pillar adds its own."""
        return {}


@lru_cache(maxsize=1024)
def _find_pillars(path):
    """The pillars of a page; asked for each card of the first page, at each view."""
    return tuple(name for page, name in PAGES.items() if is_under(path, page))


class CommunePillarView(models.AbstractModel):
    """Views whose nodes may carry `pillar="…"`: a node is removed while the pillar is off."""

    _name = "commune.pillar.view"
    _description = "Views without the pillars that are off"

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        key = super()._get_view_cache_key(view_id, view_type, **options)
        return key + self.env.company._get_unused()

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        for node in arch.xpath("//*[@pillar]"):
            if not self.env.company._uses(node.attrib.pop("pillar")):
                node.getparent().remove(node)
        return arch, view


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "commune.pillar.view"]


class HelpdeskTicket(models.Model):
    _name = "helpdesk.ticket"
    _inherit = ["helpdesk.ticket", "commune.pillar.view"]
