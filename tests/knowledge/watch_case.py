"""Sources that a server of this machine answers, items in each state."""

from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from odoo.addons.commune_relations.engine.web.fetch import Limits
from odoo.addons.commune_relations.models.knowledge.watch import feed_polling

from ..common import CommuneCase
from ..engine.web_server import serving

FEEDS = Path(__file__).parents[1] / "fixtures/feeds"
ANSWERS = {
    "change_text": "Le seuil passe à 60 000 euros.",
    "who_text": "Toutes les communes.",
    "date_effect": "2027-01-01",
    "action_text": "Revoir le guide des achats.",
}


def make_item(env, name="Décret n° 2026-880 sur les achats", **values):
    """An item as an officer notes it."""
    return env["commune.watch.item"].create({"name": name, **values})


def get_watch_records(case):
    """A source and an item, for the table of rights."""
    source = case.env["commune.watch.source"].create(
        {"name": "Journal d’essai", "url": "http://127.0.0.1:9/essai.xml"}
    )
    item = make_item(case.env, link="https://journal.example/880", source_ids=[(4, source.id)])
    return {"watch_source": source, "watch_item": item}


class WatchCase(CommuneCase):
    """`_source` makes a source that the server answers; `_run` is the scheduled reading."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Item = cls.env["commune.watch.item"]
        cls.Source = cls.env["commune.watch.source"]
        cls.server = cls.enterClassContext(serving())
        cls.host = f"127.0.0.1:{cls.server.server_port}"
        cls.env["ir.config_parameter"].set_param(
            feed_polling.ALLOWED, f"intranet.example, {cls.host}"
        )
        for path in FEEDS.glob("*.rss"):
            cls.server.files[path.stem] = path.read_bytes()

    @classmethod
    def _source(cls, page, **values):
        return cls.Source.create(
            {"name": page, "url": f"http://{cls.host}/{page}", "user_id": False, **values}
        )

    def _run(self):
        cron = self.env.ref("commune_relations.ir_cron_read_watch_sources")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def _read(self, source):
        """The button, in a request of its own: what it notes first is kept."""
        self.env.flush_all()
        with self.enter_registry_test_mode(), self.env.registry.cursor() as cr:
            answer = source.with_env(source.env(cr=cr)).action_read()
        self.env.invalidate_all()
        return answer

    @contextmanager
    def _in_haste(self):
        """What trickles is given up after a second, what is large at 100 kB."""
        with patch.object(
            feed_polling, "LIMITS", Limits(wait=0.3, total=1, size=100_000, redirects=3)
        ):
            yield
