"""What the communes looked for in the library and did not find: the guides to write next."""

from odoo import SUPERUSER_ID, api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ....engine.text import key
from ...core.retention import get_expired_domain
from ...core.text_limits import LENGTHS
from ...core.window_actions import open_record


class CommuneGuideSearch(models.Model):
    _name = "commune.guide.search"
    _inherit = ["commune.readonly.fields.mixin"]
    _description = "Search without result"
    _order = "count desc, date desc, id desc"
    _rec_name = "words"
    _writable_fields = frozenset({"topic_id", "user_id", "state"})

    words = fields.Char(required=True, readonly=True, help="As they were typed last.")
    search_key = fields.Char(string="Words to search", required=True, readonly=True)
    count = fields.Integer(string="Times", readonly=True, default=1)
    date = fields.Date(string="Last time", readonly=True)
    topic_id = fields.Many2one("commune.topic", ondelete="set null")
    user_id = fields.Many2one(
        "res.users",
        string="Owner of the guide",
        index="btree_not_null",
        domain="[('share', '=', False)]",
        ondelete="set null",
        help="Who answers on the topic that the words are probably about.",
    )
    state = fields.Selection(
        [("open", "To see"), ("done", "Done"), ("ignored", "Ignored")],
        required=True,
        default="open",
    )
    guide_id = fields.Many2one("commune.guide", readonly=True, index="btree_not_null")
    _key_uniq = models.Constraint("UNIQUE(search_key)", "These words are already in the list.")

    @api.model
    def _log_missed(self, words):
        """One more search that found nothing. Who typed it is not kept."""
        words = " ".join((words or "").split())[: LENGTHS["search"]]
        folded = key(words)
        if not folded:
            return
        rows = self.env.execute_query(
            SQL(
                """INSERT INTO commune_guide_search (words, search_key, count, date, state)
                   VALUES (%(words)s, %(key)s, 1, %(today)s, 'open')
                   ON CONFLICT (search_key) DO UPDATE
                      SET count = commune_guide_search.count + 1, words = EXCLUDED.words,
                          date = EXCLUDED.date
                   RETURNING id, count""",
                words=words,
                key=folded,
                today=self.env.company._get_today(),
            )
        )
        self.invalidate_model()
        found_id, count = rows[0]
        if count == 1:
            # Superuser also hides the author: Odoo would display the name of the current user.
            self.with_user(SUPERUSER_ID).browse(found_id)._propose_owner()

    def _propose_owner(self):
        """Who would answer the same words typed as a question."""
        cards = self.env["commune.topic"].sudo().orient(self.words, limit=1)
        if cards:
            person = cards[0]["referent"]
            self.write(
                {
                    "topic_id": cards[0]["topic_id"],
                    "user_id": person["user_id"] if person else False,
                }
            )

    def action_make_guide(self):
        """Begin a guide with these words; they leave the list."""
        self.ensure_one()
        self.check_access("write")
        guides = self.env["commune.guide"]
        guide = self.guide_id or guides.create(
            {
                "name": self.words[:1].upper() + self.words[1:],
                "topic_ids": [fields.Command.set(self.topic_id.ids)],
            }
        )
        self._set({"state": "done", "guide_id": guide.id})
        return open_record(guide)

    def action_ignore(self):
        self.check_access("write")
        self.write({"state": "ignored"})

    @api.autovacuum
    def _gc_old(self):
        """Words that nobody types any more and that became no guide."""
        self.search(get_expired_domain(self) & Domain("guide_id", "=", False)).unlink()
