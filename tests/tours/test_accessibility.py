"""Every page of the portal, looked at by axe-core on a telephone and on a desk.

bin/test brings axe-core (`ensure_axe` of bin/lib.sh) and says where it is in COMMUNE_AXE.
"""

import base64
import os
from datetime import timedelta
from pathlib import Path

from odoo.tests import HttpCase, tagged

from ..network.event_case import EventCase

ROOT = Path(__file__).resolve().parents[2]
IN_DEV = "axe/node_modules/axe-core/axe.min.js"
WIDTHS = [375, 1400]
# The pages are opened one after the other in a frame of the width wanted: one browser for all.
CODE = """
(async () => {
    const frame = document.createElement("iframe");
    document.body.replaceChildren(frame);
    const load = (target, address) =>
        new Promise((resolve, reject) => {
            target.onload = resolve;
            target.onerror = () => reject(new Error(`cannot load ${address}`));
            target.src = address;
        });
    const faults = [];
    for (const path of %(pages)s) {
        frame.style = "height: 900px; width: 375px";
        await load(frame, path);
        const {document: page, performance} = frame.contentWindow;
        const {responseStatus} = performance.getEntriesByType("navigation")[0];
        if (responseStatus !== 200) {
            faults.push(`${path}: status ${responseStatus}`);
            continue;
        }
        const script = page.createElement("script");
        const loaded = load(script, "%(axe)s");
        page.head.append(script);
        await loaded;
        for (const width of %(widths)s) {
            frame.style = `height: 900px; width: ${width}px`;
            await new Promise((resolve) => setTimeout(resolve));
            const root = page.documentElement;
            if (root.scrollWidth > root.clientWidth) {
                faults.push(`${path} at ${width}: ${root.scrollWidth} px wide`);
            }
            const {violations} = await frame.contentWindow.axe.run(page);
            for (const {id, impact, nodes} of violations) {
                if (["serious", "critical"].includes(impact)) {
                    faults.push(`${path} at ${width}: ${id} ${nodes.map(({html}) => html)}`);
                }
            }
        }
    }
    if (faults.length) {
        console.error(faults.join("\\n"));
    } else {
        console.log("test successful");
    }
})();
"""


def find_axe():
    """The file of axe-core: that of COMMUNE_AXE, else the one that bin/test left."""
    dev = Path(os.environ.get("COMMUNE_DEV") or ROOT / ".dev")
    return Path(os.environ.get("COMMUNE_AXE") or dev / IN_DEV)


@tagged("post_install", "-at_install")
class TestAccessibility(EventCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        axe = find_axe()
        if not axe.is_file():
            raise AssertionError(
                f"axe-core is not at {axe}: run bin/test, or give its file in COMMUNE_AXE."
            )
        script = cls.env["ir.attachment"].create(
            {
                "name": "axe.min.js",
                "datas": base64.b64encode(axe.read_bytes()),
                "mimetype": "text/javascript",
                "public": True,
            }
        )
        cls.axe_url = f"/web/content/{script.id}"
        cls._fill_the_pages()

    @classmethod
    def _fill_the_pages(cls):
        """A page without anything on it has nothing to be wrong."""
        (cls.portal_a | cls.portal_both).write({"lang": "fr_FR"})
        (cls.portal_a | cls.portal_both).partner_id.network_directory_consent = True
        cls.event.write({"portal_scope": "all", "seats_limited": True, "seats_max": 2})
        cls.event.invited_ids = cls.portal_a.partner_id | cls.portal_both.partner_id
        cls.event.action_invite()
        cls.event._register_persons(cls._colleagues(3), cls.portal_a.partner_id)
        cls.campaign = cls.env["commune.directory.campaign"].create(
            {"name": "Automne", "date_end": cls.today + timedelta(days=20)}
        )
        cls.campaign.action_open()
        topic = cls.env["commune.topic"].search([("parent_id", "!=", False)], limit=1)
        cls.env["commune.exchange"].create(
            [
                {"name": name, "kind": kind, "topic_id": topic.id, "commune_id": place.id}
                for name, kind, place in (
                    ("Saleuse", "offer", cls.commune_a),
                    ("Saleuse en janvier", "need", cls.commune_b),
                )
            ]
        )
        cls.ticket = cls.env["helpdesk.ticket"].create(
            {
                "name": "Avaloir bouché",
                "description": "<p>Au carrefour</p>",
                "commune_id": cls.commune_a.id,
                "topic_id": topic.id,
                "partner_id": cls.portal_a.partner_id.id,
                "partner_name": cls.portal_a.name,
                "partner_email": cls.portal_a.email,
            }
        )

    def _look_at(self, pages, login=None):
        code = CODE % {"pages": pages, "axe": self.axe_url, "widths": WIDTHS}
        self.browser_js(pages[0], code, login=login, timeout=180)

    def _get_preferences_pages(self):
        """Where the link at the foot of a letter leads, and what follows."""
        mailing = self.env["mailing.mailing"].create(
            {"subject": "Lettre", "network_kind": "letter"}
        )
        person = self.portal_a.partner_id
        address = mailing._get_unsubscribe_url(person.email_normalized, person.id)
        first = address.removeprefix(mailing.get_base_url())
        return [first, first.replace("/confirm_unsubscribe", "/preferences")]

    def _get_group_page(self):
        group = self.env.ref("commune_relations.mail_group_dgs_secretaries")
        group._sync_members()
        return f"/groups/{self.env['ir.http']._slug(group)}"

    def _invitation(self, user):
        return self.event.invitation_ids.filtered(lambda i: i.partner_id == user.partner_id)

    def test_the_pages_of_a_mayor(self):
        self._look_at(
            [
                "/my",
                "/my/orient?q=voirie",
                "/my/requests",
                "/my/requests/new",
                f"/my/requests/{self.ticket.id}",
                f"/my/communes/{self.commune_a.id}",
                "/my/colleagues",
                "/my/events",
                f"/my/events/{self.event.id}",
                "/my/exchanges",
                "/my/peers",
                "/my/calendar",
                "/my/directory-campaign",
            ],
            login="test_mayor_a",
        )

    def test_the_pages_of_a_secretary_of_two_communes(self):
        self._look_at(
            ["/my", "/my/communes", "/my/events", "/my/exchanges", self._get_group_page()],
            login="test_secretary_ab",
        )

    def test_the_pages_of_a_councillor(self):
        self._look_at(
            ["/my", f"/my/events/{self.event.id}", "/my/exchanges"], login="test_councillor_a"
        )

    def test_the_pages_behind_a_link_without_an_account(self):
        recipient = self.campaign.recipient_ids[:1]
        self._look_at(
            [
                "/web/login",
                f"/event-invitation/{self._invitation(self.portal_a).token}",
                f"/directory-campaign/{recipient.token}",
                *self._get_preferences_pages(),
            ]
        )

    def test_the_check_in_at_the_door(self):
        self.officer.password = "test_officer"
        self._look_at([f"/commune/check-in/{self.event.id}"], login="test_officer")
