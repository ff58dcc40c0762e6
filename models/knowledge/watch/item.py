"""Items of the watch: one piece of news, and what it changes for the communes."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate

from ....engine.feed import LONGEST_SUMMARY, LONGEST_TITLE, clean_link, link_key, plain, shorten

_lt = LazyTranslate(__name__)

KINDS = [
    ("law", "New law"),
    ("innovation", "Innovation"),
    ("cancelled", "Act annulled"),
    ("changed", "Text changed"),
    ("other", "Other"),
]
STATES = [
    ("to_sort", "To sort"),
    ("kept", "To analyse"),
    ("analysed", "Analysed"),
    ("validated", "Validated"),
    ("distributed", "Distributed"),
    ("archived", "Filed away"),
]
IMPACTS = [("low", "Low"), ("medium", "Medium"), ("high", "High")]


class CommuneWatchItem(models.Model):
    """From “to sort” to “distributed”; the actions are in `workflow.py` and `triage.py`.

    Title, link, date and a short summary are kept, never the article (code de la propriété
    intellectuelle, L122-5: short quotations with their source).
    """

    _name = "commune.watch.item"
    _inherit = [
        "commune.staff.thread",
        "mail.activity.mixin",
        "commune.readonly.fields.mixin",
        "commune.findable",
    ]
    _description = "Item of the watch"
    _order = "date desc, id desc"

    name = fields.Char(string="Title", required=True, size=LONGEST_TITLE, tracking=True)
    link = fields.Char(help="Page where it is published.")
    date = fields.Date(
        string="Published on",
        required=True,
        default=lambda self: self.env.company._get_today(),
        index=True,
    )
    summary = fields.Text(help="Two lines at most; the article stays with its author.")
    source_ids = fields.Many2many(
        "commune.watch.source",
        "commune_watch_item_source_rel",
        "item_id",
        "source_id",
        string="Sources",
        context={"active_test": False},
    )
    kind = fields.Selection(KINDS, required=True, default="other", index=True, tracking=True)
    state = fields.Selection(
        STATES, required=True, default="to_sort", readonly=True, index=True, tracking=True
    )
    topic_ids = fields.Many2many("commune.topic", string="Topics")
    suggested_topic_ids = fields.Many2many(
        "commune.topic", string="Topics proposed", compute="_compute_suggested_topic_ids"
    )
    legal_text = fields.Text(
        string="Texts of law", help="What it is about, one reference on each line."
    )

    # the analysis
    change_text = fields.Text(string="What changes")
    who_text = fields.Text(string="For whom")
    date_effect = fields.Date(string="From when on")
    action_text = fields.Text(string="What to do")
    impact = fields.Selection(IMPACTS, default="medium", tracking=True)

    # communes concerned: each empty criterion is met by all
    population_min = fields.Integer(string="Inhabitants, at least", help="0: no limit.")
    population_max = fields.Integer(
        string="Inhabitants, at most", help="3,499 for “under 3,500”; 0: no limit."
    )
    local_law = fields.Selection(
        [("general", "General law"), ("alsace_moselle", "Alsace-Moselle local law")],
        help="Empty: whatever the law of the place.",
    )
    sector_ids = fields.Many2many("commune.sector", string="Sectors")
    service_ids = fields.Many2many(
        "commune.service", string="Services", help="Communes that have one of them today."
    )

    # who did what
    user_id = fields.Many2one(
        "res.users", string="Followed by", readonly=True, copy=False, index="btree_not_null"
    )
    sorted_date = fields.Datetime(string="Sorted on", readonly=True, copy=False)
    validated_by_id = fields.Many2one("res.users", string="Validated by", readonly=True, copy=False)
    validated_date = fields.Datetime(string="Validated on", readonly=True, copy=False)
    distributed_date = fields.Datetime(string="Distributed on", readonly=True, copy=False)
    # Unique key of the entry; see `engine.feed`. Empty: a note without a page of its own.
    entry_key = fields.Char(readonly=True, copy=False)
    _entry_uniq = models.UniqueIndex(
        "(entry_key) WHERE entry_key IS NOT NULL", "This page is already in the watch."
    )
    _found_idx = models.Index("USING gin (commune_relations.fold(name) gin_trgm_ops)")
    _population_check = models.Constraint(
        "CHECK(population_min >= 0 AND population_max >= 0"
        " AND (population_max = 0 OR population_max >= population_min))",
        "The highest population is above the lowest.",
    )

    @api.depends("name", "summary")
    def _compute_suggested_topic_ids(self):
        proposed = self._propose_topics()
        for item in self:
            item.suggested_topic_ids = [topic_id for topic_id, _name in proposed[item]]

    def _propose_topics(self, limit=3):
        """{item: [(id, name)]} of the topics that the orientation finds, the best first."""
        Topic = self.env["commune.topic"]
        index, ids = Topic.sudo()._get_index()
        found = {
            item: [ids[one.code] for one in index.rank(item._get_words(), limit=limit)]
            for item in self
        }
        names = {
            topic.id: topic.name
            for topic in Topic.browse(dict.fromkeys(i for some in found.values() for i in some))
        }
        return {item: [(one, names[one]) for one in some] for item, some in found.items()}

    def _get_words(self):
        return f"{self.name or ''}. {self.summary or ''}"

    @api.model
    def _check_new_pages(self, vals_list):
        self._check_known([vals.get("entry_key") for vals in vals_list])

    def _create_by_user(self, vals_list):
        """Write the key as superuser, once the user's right to create is checked."""
        keys = [vals.pop("entry_key", False) for vals in vals_list]
        items = super().create(vals_list)
        for item, key in zip(items, keys, strict=True):
            if key:
                item.sudo().entry_key = key
        return items

    def _note_new_page(self, vals):
        for item in self.sudo():
            key = self._get_page_key(item.link)
            if key and key != item.entry_key:
                self._check_known([key])
                item.entry_key = key

    @api.model
    def _prepare_own(self, vals):
        """The same values, short and plain, with the key of the page."""
        vals = self._prepare_text(vals)
        key = vals.get("entry_key") if self.env.su else False
        return {**vals, "entry_key": key or self._get_page_key(vals.get("link"))}

    @api.model
    def _prepare_text(self, vals):
        vals = dict(vals)
        if vals.get("name"):
            vals["name"] = shorten(plain(vals["name"]), LONGEST_TITLE)
        if vals.get("summary"):
            vals["summary"] = shorten(plain(vals["summary"]), LONGEST_SUMMARY)
        if vals.get("link"):
            link = clean_link(vals["link"])
            if not link:
                raise UserError(
                    self.env._(
                        "“%s” is not the address of a page of the web: it begins by https://.",
                        vals["link"][:200],
                    )
                )
            vals["link"] = link
        return vals

    @api.model
    def _get_page_key(self, link):
        """Unique key of a page; a whole site is no page."""
        key = link_key(link or "")
        return key if "/" in key or "?" in key else False

    @api.model
    def _find_page(self, link):
        """Item created from this page, if any."""
        key = self._get_page_key(link)
        return self.search([("entry_key", "=", key)], limit=1) if key else self.browse()

    @api.model
    def _check_known(self, keys):
        keys = [key for key in keys if key]
        known = self.sudo().search([("entry_key", "in", keys)], limit=1) if keys else self.browse()
        if known or len(set(keys)) < len(keys):
            raise UserError(
                self.env._("This page is already in the watch: “%s”.", known.name or "")
            )
