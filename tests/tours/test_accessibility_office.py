"""Our own screens of the back office, looked at by axe-core on a desk and on a telephone.

What Odoo draws around them is Odoo's: each screen is looked at from our root, and in a list only
what our view shows.
"""

import json

from odoo.tests import tagged

from ..knowledge.watch_case import make_item
from ..requests.test_request_my_day import DayCase
from ..steering.steering_case import make_contact, make_promise
from .common import without_missing_asset
from .test_accessibility import PageCase

# One browser for all the screens: [action, checked element, sign that it is rendered].
CODE = """
(async () => {
    const {action} = odoo.__WOWL_DEBUG__.root.env.services;
    const turn = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const seen = async (selector) => {
        for (let frame = 0; frame < 1800 && !document.querySelector(selector); frame++) {
            await turn();
        }
        return document.querySelector(selector);
    };
    const script = document.createElement("script");
    const loaded = new Promise((resolve) => (script.onload = resolve));
    script.src = "%(axe)s";
    document.head.append(script);
    await loaded;
    const faults = [];
    const look = async (name, root, drawn) => {
        if (!(await seen(drawn))) {
            faults.push(`${name}: ${drawn} is not there`);
            return;
        }
        const page = document.documentElement;
        if (page.scrollWidth > page.clientWidth) {
            faults.push(`${name}: ${page.scrollWidth} px wide`);
        }
        const {violations} = await axe.run({include: [[root]], exclude: [["%(odoo)s"]]});
        for (const {id, impact, nodes} of violations) {
            if (["serious", "critical"].includes(impact)) {
                faults.push(`${name}: ${id} ${nodes.map(({html}) => html)}`);
            }
        }
    };
    for (const [name, context, root, drawn] of %(screens)s) {
        const options = {clearBreadcrumbs: true, additionalContext: context};
        await action.doAction(`commune_relations.${name}`, options);
        await look(name, root, drawn);
    }
    document.querySelector(".o_commune_search").click();
    const input = await seen(".o_command_palette_search input");
    input.value = "aubrive";
    input.dispatchEvent(new InputEvent("input", {bubbles: true}));
    await look("search", ".o_commune_found", ".o_commune_found");
    console[faults.length ? "error" : "log"](faults.join("\\n") || "test successful");
})();
"""


# Avatars without words, ticks without label, the word found in its colour: widgets of Odoo.
ODOO = ", ".join(
    (
        ".o_field_many2one_avatar_user",
        ".o_field_many2many_avatar_user",
        ".o_field_many2many_tags",
        ".o_field_boolean",
        ".o_boolean_toggle",
        ".o-checkbox",
        ".o_commune_found .text-primary",
    )
)
# Screens of Odoo with our lists: what our views show of each line.
LINE = ".o_data_row td[name], .o_data_row .o_list_button, .o_kanban_record:not(.o_kanban_ghost)"
DRAWN = ".o_data_row, .o_kanban_record:not(.o_kanban_ghost)"


@tagged("post_install", "-at_install")
class TestOfficeAccessibility(PageCase, DayCase):
    """Something late, something to do, silent communes, a promise kept and one that is late."""

    def setUp(self):
        super().setUp()
        without_missing_asset(self.env)
        self.env.company.sudo().onboarding_dismissed = True
        self.env.company.epci_id = self.epci
        self.officer.write({"password": self.officer.login, "lang": "fr_FR"})
        self.commune_a.write({"phone": "03 87 00 00 01", "email": "mairie@aubrive.invalid"})
        for days in (-3, 0, 3):
            self._promise(days).user_id = self.officer
        make_promise(self, days=-3, contact_id=make_contact(self).id)
        make_promise(self, name="Prêter la scène").action_keep()
        make_item(self.env)

    def _look_at_screens(self, size, touch):
        card = {"active_id": self.commune_a.id}
        screens = [
            ["my_day_action", {}, ".o_day_page", ".o_day_line"],
            ["steering_dashboard_action", {}, ".o_st_page", ".o_st_figure"],
            ["commune_card_action", card, ".o_card_page", ".o_card_page h1"],
            ["commune_watch_triage_action", {}, ".o_ws_page", ".o_ws_page h2"],
            ["commune_silence_action", {}, LINE, DRAWN],
            ["commune_commitment_action", {}, LINE, DRAWN],
            ["commune_contact_action", {}, LINE, DRAWN],
        ]
        code = CODE % {"screens": json.dumps(screens), "axe": self.axe_url, "odoo": ODOO}
        self.browser_size, self.touch_enabled = size, touch
        ready = (
            "!!document.querySelector('.o_commune_search') && !!document.querySelector('.o_day')"
        )
        self.browser_js("/odoo/my-day", code, ready, login=self.officer.login, timeout=180)

    def test_on_a_desk(self):
        self._look_at_screens("1400x900", False)

    def test_on_a_telephone(self):
        self._look_at_screens("375x812", True)
