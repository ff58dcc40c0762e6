"""Every page of the portal, checked by axe-core on a telephone and on a desktop.

A script, a picture or a font blocked by the content security policy is a fault like another.

bin/test brings axe-core (`ensure_axe` of bin/lib.sh) and gives its path in COMMUNE_AXE.
"""

import base64
import json
import os
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from ...engine.web import Page
from ...models.core import request_guard
from ...models.core.legal import PAGES as LEGAL
from ..committees.committee_case import CommitteeCase
from ..common import CommuneCase
from ..kept_browser import KeptBrowser
from ..network.event_case import EventCase
from ..services.service_case import make_agreement, make_offer, make_service
from ..services.suggestion_case import make_communes, make_used
from ..surveys.survey_case import SurveyCase

ROOT = Path(__file__).resolve().parents[2]
IN_DEV = "axe/node_modules/axe-core/axe.min.js"
WIDTHS = [375, 1400]
# Good practices of axe-core that every page of the addon has: a title, a first heading, the
# landmark of its main content.
PARTS = ["document-title", "page-has-heading-one", "landmark-one-main"]
# Pages of Odoo without a first heading nor a title, on which we add none.
ODOO = ["/mailing/"]
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
    for (const [path, status] of %(pages)s) {
        frame.style = "height: 900px; width: 375px";
        await load(frame, path);
        const {document: page, performance} = frame.contentWindow;
        const {responseStatus} = performance.getEntriesByType("navigation")[0];
        if (responseStatus !== status) {
            faults.push(`${path}: status ${responseStatus}`);
            continue;
        }
        if (page.title === "Odoo" && !%(odoo)s.some((one) => path.startsWith(one))) {
            faults.push(`${path}: no title of its own`);
        }
        // The buttons of a questionnaire of Odoo are grey until its code has started.
        new frame.contentWindow.ReportingObserver(
            (reports) => {
                for (const {body} of reports) {
                    faults.push(`${path}: ${body.effectiveDirective} ${body.blockedURL}`);
                }
            },
            {types: ["csp-violation"], buffered: true}
        ).observe();
        for (let turn = 0; turn < 300 && page.querySelector("form .btn.disabled"); turn++) {
            await new Promise((resolve) => frame.contentWindow.requestAnimationFrame(resolve));
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
            const {violations} = await frame.contentWindow.axe.run({
                include: [page], exclude: [["[name=create_new_ticket]"]], // of helpdesk_mgmt
            }, {
                rules: {"target-size": {enabled: true}},
            });
            for (const {id, impact, nodes} of violations) {
                const odoo = %(odoo)s.some((one) => path.startsWith(one));
                const part = !odoo && %(parts)s.includes(id);
                if (["serious", "critical"].includes(impact) || part) {
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


class PageCase(KeptBrowser, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
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

    def _look_at(self, pages, login=None, dead=(), refused=()):
        """
        :param dead: pages of a dead link, with the status 404
        :param refused: pages that refuse the current user, with the status 403
        """
        wanted = [[page, 200] for page in pages] + [[page, 404] for page in dead]
        wanted += [[page, 403] for page in refused]
        code = CODE % {
            "pages": json.dumps(wanted),
            "axe": self.axe_url,
            "widths": WIDTHS,
            "parts": PARTS,
            "odoo": ODOO,
        }
        # The frame is this test's: nobody else may put a page in one.
        with patch.object(request_guard, "Page", lambda **text: Page(**{**text, "edited": True})):
            self.browser_js(pages[0], code, login=login, timeout=180)


@tagged("post_install", "-at_install")
class TestAccessibility(PageCase, EventCase):
    @classmethod
    def _fill_the_pages(cls):
        super()._fill_the_pages()
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
        cls.officer.partner_id.lastname = "VAUTRIN"
        cls.env["commune.topic.referent"].create({"topic_id": topic.id, "user_id": cls.officer.id})
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

    def _get_preferences_pages(self):
        """Where the link at the foot of a letter leads, and what follows."""
        mailing = self.env["mailing.mailing"].create(
            {"subject": "Lettre", "network_kind": "letter"}
        )
        person = self.portal_a.partner_id
        address = mailing._get_unsubscribe_url(person.email_normalized, person.id)
        first = address.removeprefix(mailing.get_base_url())
        return [first, first.replace("/confirm_unsubscribe", "/preferences")]

    def _get_signup_page(self):
        partner = self.portal_b.partner_id
        partner.signup_prepare()
        return partner._get_signup_url().removeprefix(partner.get_base_url())

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
                "/my/orient?q=vautrin",
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
                "/my/account",
                "/my/security",
                "/my/surveys",
                "/my/replacements",
                "/my/guides",
            ],
            login="test_mayor_a",
            dead=["/my/nothing", "/my/requests/999999999"],
        )

    def test_the_pages_of_a_secretary_of_two_communes(self):
        self._look_at(
            [
                "/my",
                "/my/communes",
                "/my/events",
                "/my/exchanges",
                "/groups",
                self._get_group_page(),
            ],
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
                "/web/reset_password",
                f"/event-invitation/{self._invitation(self.portal_a).token}",
                self._get_signup_page(),
                f"/directory-campaign/{recipient.token}",
                *self._get_preferences_pages(),
                *(f"/commune/legal/{kind}" for kind in LEGAL),
            ],
            dead=["/nothing", "/commune/legal/nothing"],
        )

    def test_the_page_of_a_refusal(self):
        home = self.env.registry["commune.portal.home"]
        with patch.object(home, "_get_page", side_effect=AccessError("Refused")):
            self._look_at(["/my/account"], login="test_mayor_a", refused=["/my"])

    def test_the_check_in_on_site(self):
        self.officer.password = "test_officer"
        self._look_at([f"/commune/check-in/{self.event.id}"], login="test_officer")


@tagged("post_install", "-at_install")
class TestCommitteeAccessibility(PageCase, CommitteeCase):
    @classmethod
    def _fill_the_pages(cls):
        super()._fill_the_pages()
        cls.copil.proxy_allowed = True
        cls.called, cls.asked = cls._session(), cls._session(days=60)
        cls.sitting = cls._session(days=20, video_url="https://visio.deuxrives.example")
        cls.sitting._get_agenda()[0].document_ids = cls.env["ir.attachment"].create(
            {"name": "Rapport.pdf", "raw": b"%PDF-1.4"}
        )
        cls.sitting.action_approve_agenda()
        cls.sitting.action_send_notice()
        cls.called.items_deadline = cls.today + timedelta(days=9)
        cls.asked.action_ask_approval()
        cls._line(cls, cls.sitting, cls.portal_b)._reply("present", "link")
        cls._line(cls, cls.sitting, cls.portal_both)._reply(
            "proxy", "link", holder=cls._line(cls, cls.sitting, cls.portal_b)
        )
        cls.env["commune.decision"].create(
            [
                {
                    "session_id": cls.sitting.id,
                    "text": text,
                    "scope": "all",
                    "impact_text": "<p>Votre commune commande avec les autres</p>",
                    "is_published": True,
                    "owner_id": cls.officer.partner_id.id,
                    "deadline": cls.today + timedelta(days=9),
                    "state": state,
                }
                for text, state in (("Acheter le sel ensemble", "in_progress"), ("Fait", "done"))
            ]
        )

    def test_the_pages_of_a_mayor_who_sits(self):
        self._look_at(
            [
                "/my",
                "/my/committees",
                f"/my/committees/{self.copil.id}",
                f"/my/sessions/{self.sitting.id}",
                f"/my/sessions/{self.called.id}/propose",
                "/my/decisions",
            ],
            login="test_mayor_a",
        )

    def test_the_pages_behind_the_links_of_a_notice(self):
        lines = [self._line(self.sitting, user) for user in (self.portal_a, self.portal_both)]
        token = lines[0].token
        self._look_at(
            [
                *(f"/session/{line.token}" for line in lines),
                f"/session-agenda/{self.asked.agenda_token}",
            ],
            dead=[f"/session/{token[::-1]}"],
        )


@tagged("post_install", "-at_install")
class TestServiceAccessibility(PageCase, CommuneCase):
    @classmethod
    def _fill_the_pages(cls):
        super()._fill_the_pages()
        cls.portal_a.lang = "fr_FR"
        cls.service = make_service(cls)
        make_service(cls, "Broyeur", "frozen")
        offer = make_offer(cls, cls.service, kind="inhabitant", unit=0.5)
        counted = make_offer(
            cls, make_service(cls, "Archives"), "Journée", kind="unit", unit=250, unit_name="jour"
        )
        lines = cls.env["commune.service.subscription"].create(
            [
                {
                    "commune_id": cls.commune_a.id,
                    "offer_id": each.id,
                    "date_start": cls.today.replace(month=1, day=1),
                    "forecast_quantity": 4,
                }
                for each in (offer, counted)
            ]
        )
        cls.env["commune.service.usage"].create(
            {"subscription_id": lines[1].id, "date": cls.today, "quantity": 3}
        )
        cls.to_sign, signed = (make_agreement(cls, cls.commune_a, offer) for _each in range(2))
        (cls.to_sign | signed).action_deliberate()
        signed.write({f"{side}_signature_date": cls.today for side in ("commune", "epci")})
        signed.action_sign_paper()
        cls.signed = signed
        cls.to_vote = make_agreement(cls, cls.commune_a, offer, commune_deliberation_ref=False)
        cls.portal_a.partner_id.email = "anne.aubry@aubrive.example"
        cls.to_vote.action_send_pack()
        # With Bellefontaine, nine communes of its size; one service suggested, one refused.
        others = make_communes(cls, 8)
        make_used(cls, "Cartes", others[:4])
        refused = make_used(cls, "Podium", others[:4])
        cls.portal_b.lang = "fr_FR"
        cls.refusals = cls.env["commune.service.refusal"]
        cls.refusals._set(cls.commune_b, refused, True, cls.portal_b.partner_id)

    def test_the_suggestions(self):
        self._look_at(["/my/services"], login="test_mayor_b")
        everything = self.env["commune.service"]
        self.refusals._set(self.commune_b, everything, True, self.portal_b.partner_id)
        self._look_at(["/my/services"], login="test_mayor_b")

    def test_the_pages_of_the_services(self):
        self._look_at(
            [
                "/my",
                "/my/services",
                "/my/services?q=archives",
                f"/my/services/{self.service.id}",
                "/my/services/mine",
                "/my/agreements",
                f"/my/agreements/{self.to_sign.id}",
                f"/my/agreements/{self.signed.id}",
                f"/my/agreements/{self.to_vote.id}",
            ],
            login="test_mayor_a",
        )


@tagged("post_install", "-at_install")
class TestSurveyAccessibility(PageCase, SurveyCase):
    @classmethod
    def _fill_the_pages(cls):
        super()._fill_the_pages()
        cls.campaign.action_open()
        cls.target = cls._target(cls.commune_a)
        cls.mayor = cls.portal_a.partner_id
        cls.draft = cls._fill(cls.target._prepare(cls.mayor), themes=("Budget", "Urbanisme"))
        cls.begun = cls._target(cls.commune_b)._prepare(cls.portal_b.partner_id)
        cls.published = cls._campaign(name="Formation 2025")
        cls.published.action_open()
        cls._answer(cls.commune_a, cls.mayor, cls.mayor, cls.published)
        cls.env["commune.survey.action"].create(
            {"campaign_id": cls.published.id, "name": "Une formation en mars", "state": "done"}
        )
        cls.published.action_close()
        cls.published.action_publish()

    def test_the_pages_of_the_surveys(self):
        past = self._target(self.commune_a, self.published)
        self._look_at(
            [
                "/my",
                "/my/surveys",
                f"/my/surveys/{self.target.id}",
                f"/my/surveys/{self.target.id}/answer/{self.draft.id}",
                f"/my/surveys/{past.id}",
            ],
            login="test_mayor_a",
        )

    def test_the_pages_behind_the_link_of_a_survey(self):
        link = self.target.link_ids.filtered(lambda found: found.partner_id == self.mayor)
        path = link._get_path()
        start, _slash, token = path.rpartition("/")
        self._look_at(
            [path, f"{path}/answer/{self.draft.id}", self.begun.get_start_url()],
            dead=[f"{start}/{token[::-1]}"],
        )
