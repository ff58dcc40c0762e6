"""Two communes, one user per role, portal persons of both: the people of every test."""

import importlib.util
import os
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import HttpCase, TransactionCase
from odoo.tests.common import ChromeBrowser

from odoo.addons.commune_relations.models.network.signatory import signing_delay as signatory

from .cache_helpers import SharedCaches
from .drawing_cache import KeptDrawings
from .kept_browser import KeptBrowser

RNE = Path(__file__).parent / "fixtures" / "rne"
SCRIPTS = Path(__file__).parents[1] / "migrations" / "19.0.2.1.0"
QUIET = {"tracking_disable": True, "mail_create_nolog": True, "no_reset_password": True}
STAFF = [
    ("reader", "commune_relations.group_reader"),
    ("referent", "commune_relations.group_referent"),
    ("officer", "commune_relations.group_officer"),
    ("manager", "commune_relations.group_manager"),
    ("coordinator", "commune_relations.group_replacement_coordinator"),
    ("employee", "base.group_user"),
]
PORTAL = [
    ("portal_a", "mayor_a", "Anne", "AUBRY", "mme"),
    ("portal_a_limited", "councillor_a", "Luc", "ARNAUD", "m"),
    ("portal_b", "mayor_b", "Bruno", "BLANC", "m"),
    ("portal_both", "secretary_ab", "Sophie", "COLIN", "mme"),
    ("portal_ended", "former_a", "Denis", "DUVAL", "m"),
]


def migrate(env, name, before="19.0.2.0.0", kind="post"):
    """Run a script of the next version, as an update of this database does."""
    script = SCRIPTS / f"{kind}-{name}.py"
    spec = importlib.util.spec_from_file_location(name, script)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    env.flush_all()
    module.migrate(env.cr, before)
    env.invalidate_all()


# The time of `bin/test --at` in a page: the browser itself keeps that of the machine.
PAGE_CLOCK = """(() => {
    const shift = %d * 1000;
    window.Date = new Proxy(Date, {
        get: (real, name) => (name === "now" ? () => real.now() + shift : real[name]),
        construct: (real, args) => new real(...(args.length ? args : [real.now() + shift])),
        apply: (real) => new real(real.now() + shift).toString(),
    });
})()"""


TOUR_PROGRAMS = """
    <data>
        <xpath expr="//script" position="replace">
            <script t-att-nonce="request.env['ir.http']._get_nonce()">
                var odoo = {
                    csrf_token: "<t t-esc="request.csrf_token(None)" />",
                    debug: "<t t-esc="debug" />",
                };
                odoo.__session_info__ = <t
                    t-out="json.dumps(request.env['ir.http'].get_frontend_session_info())"
                />;
            </script>
            <t t-call-assets="web.assets_frontend_minimal" t-css="false" defer_load="True" />
            <t t-call="web.conditional_assets_tests" ignore_missing_deps="True" />
        </xpath>
        <xpath expr="//t[@t-call-assets='commune_relations.assets_page']" position="attributes">
            <attribute name="t-call-assets">web.assets_frontend_lazy</attribute>
            <attribute name="defer_load" />
            <attribute name="lazy_load">True</attribute>
        </xpath>
    </data>
"""


class CommuneCase(SharedCaches, KeptDrawings, KeptBrowser, TransactionCase):
    """An intercommunality of two communes, A (large) and B (small).

    Users: `reader`, `referent`, `officer`, `manager`, `coordinator` (staff);
    `portal_a` (mayor of A, full), `portal_a_limited` (councillor of A), `portal_b` (mayor of
    B), `portal_both` (town-hall secretary of A and B), `portal_ended` (former mayor of A, whose
    mandate ended yesterday). Their accounts are old: no signing delay applies and they cause no
    notice, unless `watches_signatories`. No election is near, unless a test creates one.
    Any address that a test gives the organisation is confirmed, unless `watches_sender`.
    """

    watches_signatories = False
    watches_sender = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Everybody lives at the hour of the organisation: its day begins before that of the server.
        cls.zone = str(cls.env.company._get_zone())
        cls.env = cls.env(context=dict(cls.env.context, tz=cls.zone, **QUIET))
        cls.env.user.tz = cls.zone
        cls.today = cls.env.company._get_today()
        cls.env["commune.election"].search([]).active = False
        cls.env["commune.watch.source"].search([]).active = False  # no test reads the web
        cls.functions = cls.env["commune.function"]._by_code()
        cls._create_territory()
        cls._create_persons()
        cls._create_mandates()
        cls._watch_signatories()
        if not cls.watches_sender:
            companies = cls.env.registry["res.company"]
            confirmed = patch.object(companies, "_is_sender_confirmed", lambda company: True)
            cls.startClassPatcher(confirmed)

    def start_tour(self, *args, **kwargs):
        """The tours are programs of Odoo: a light page loads its own only."""
        programs = self.env.ref("commune_relations.light_page_programs")
        if not programs.inherit_children_ids:
            programs.inherit_children_ids = [
                Command.create(
                    {"name": "Odoo's programs", "mode": "extension", "arch": TOUR_PROGRAMS}
                )
            ]
        return super().start_tour(*args, **kwargs)

    def browser_js(self, *args, **kwargs):
        """The browser uses the local time of the communes; the server stays in UTC."""
        navigate = ChromeBrowser.navigate_to

        def navigate_at(browser, *args, **kwargs):
            if shift := os.environ.get("FAKETIME"):
                script = {"source": PAGE_CLOCK % int(shift)}
                browser._websocket_request("Page.addScriptToEvaluateOnNewDocument", params=script)
            return navigate(browser, *args, **kwargs)

        with (
            patch.dict(os.environ, TZ=self.zone),
            patch.object(ChromeBrowser, "navigate_to", navigate_at),
        ):
            return super().browser_js(*args, **kwargs)

    def _queries_of(self, call):
        """How many queries a call takes that starts with nothing read, what it writes included."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        call()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    @classmethod
    def _watch_signatories(cls):
        """The persons of the case are not newcomers, as in most cases."""
        cls.env.cr.precommit.clear()
        cls.env["commune.mandate"].search([]).sudo().signing_changed_at = False
        cls.env["res.partner"].search([("signing_changed_at", "!=", False)]).sudo().write(
            {"signing_changed_at": False}
        )
        if not cls.watches_signatories:
            notice = cls.env.registry["commune.signatory.notice"]
            cls.startClassPatcher(patch.object(signatory, "SIGNING_WAIT", timedelta(0)))
            cls.startClassPatcher(patch.object(notice, "_log_change", lambda *args: None))

    @classmethod
    def _create_territory(cls):
        Partner = cls.env["res.partner"]
        cls.epci = Partner.create(
            {
                "name": "Communauté de communes des Deux Rives",
                "is_company": True,
                "is_epci": True,
                "siren": "200000001",
                "epci_kind": "CC",
            }
        )
        cls.env.company.epci_id = cls.epci
        cls.commune_a, cls.commune_b = Partner.create(
            [
                {
                    "name": name,
                    "is_company": True,
                    "is_commune": True,
                    "insee_code": code,
                    "siren": siren,
                    "population": population,
                    "population_year": 2023,
                    "epci_id": cls.epci.id,
                    "local_law": "alsace_moselle",
                }
                for name, code, siren, population in [
                    ("Aubrive", "57901", "215700901", 4200),
                    ("Bellefontaine", "57902", "215700902", 640),
                ]
            ]
        )

    @classmethod
    def _create_persons(cls):
        """Staff and persons of the communes, in one go: a user costs a tenth of a second."""
        partners = cls.env["res.partner"].create(
            [cls._partner_values(*line) for _name, _login, *line in PORTAL]
        )
        users = cls.env["res.users"].create(
            [cls._staff_values(*line) for line in STAFF]
            + [
                cls._portal_values(login, partner)
                for (_name, login, *_line), partner in zip(PORTAL, partners, strict=True)
            ]
        )
        names = [login for login, _group in STAFF] + [name for name, *_line in PORTAL]
        for name, user in zip(names, users, strict=True):
            setattr(cls, name, user)
        cls.public = cls.env.ref("base.public_user")

    @classmethod
    def _create_mandates(cls):
        yesterday = cls.today - timedelta(days=1)
        mandates = cls.env["commune.mandate"].create(
            [
                cls._mandate_values(cls.portal_a, cls.commune_a, "mayor"),
                cls._mandate_values(cls.portal_a_limited, cls.commune_a, "councillor"),
                cls._mandate_values(cls.portal_b, cls.commune_b, "mayor"),
                cls._mandate_values(cls.portal_both, cls.commune_a, "town_hall_secretary"),
                cls._mandate_values(cls.portal_both, cls.commune_b, "town_hall_secretary"),
                cls._mandate_values(
                    cls.portal_ended, cls.commune_a, "deputy_mayor", date_end=yesterday
                ),
            ]
        )
        cls.mandate_a, cls.mandate_a_limited, cls.mandate_b = mandates[:3]
        cls.mandate_both_a, cls.mandate_both_b, cls.mandate_ended = mandates[3:]

    @classmethod
    def _login_values(cls, login):
        """A password, written apart from the rest, takes a quarter of the time: for the cases that
        open pages."""
        password = {"password": f"test_{login}"} if issubclass(cls, HttpCase) else {}
        return {"login": f"test_{login}", **password}

    @classmethod
    def _staff_values(cls, login, group):
        """As `new_test_user` writes them."""
        return {
            "name": f"test_{login} ({group})",
            **cls._login_values(login),
            "email": "t.t@example.com",
            "tz": cls.zone,
            "group_ids": [Command.set(cls.env.ref(group).ids)],
        }

    @classmethod
    def _partner_values(cls, first_name, last_name, civility):
        return {"firstname": first_name, "lastname": last_name, "civility": civility}

    @classmethod
    def _portal_values(cls, login, partner):
        return {
            **cls._login_values(login),
            "partner_id": partner.id,
            "tz": cls.zone,
            "group_ids": [Command.set(cls.env.ref("base.group_portal").ids)],
        }

    @classmethod
    def _portal(cls, login, *line):
        """A portal user: login, first name, last name, civility."""
        partner = cls.env["res.partner"].create(cls._partner_values(*line))
        return cls.env["res.users"].create(cls._portal_values(login, partner))

    @classmethod
    def _mandate_values(cls, holder, place, code, **values):
        person = holder.partner_id if holder._name == "res.users" else holder
        return {
            "partner_id": person.id,
            "commune_id": place.id,
            "function_id": cls.functions[code].id,
            "date_start": "2020-03-15",
            **values,
        }

    @classmethod
    def _mandate(cls, holder, place, code, **values):
        """A mandate of a user or a partner since 15 March 2020."""
        return cls.env["commune.mandate"].create(cls._mandate_values(holder, place, code, **values))

    @staticmethod
    def _copies(mails):
        """The bodies of queued mails as the mail server gets them, one for each reader."""
        return [copy["body"] for mail in mails.sudo() for copy in mail._prepare_outgoing_list()]

    def _copy(self, mail):
        """The body of a mail that has one reader."""
        [body] = self._copies(mail)
        return body

    def _waiting(self, records):
        """The mails of the letters of these records that are in the queue."""
        letters = self.env["commune.letter.delivery"].search(
            [("res_model", "=", records._name), ("res_id", "in", records.ids)]
        )
        return letters.mail_id.filtered(lambda mail: mail.state == "outgoing")

    def _leave(self, mails):
        """Hand mails to a mail server that takes everything."""
        servers = type(self.env["ir.mail_server"])
        with (
            patch.object(servers, "_disable_send", lambda _server: False),
            patch.object(servers, "_connect__", lambda *_args, **_options: None),
            patch.object(servers, "send_email", lambda _server, message, **_o: message["From"]),
        ):
            mails.send()

    @staticmethod
    def _rne(name):
        """A fictitious RNE file of the fixtures, as (file name, bytes)."""
        return name, (RNE / name).read_bytes()
