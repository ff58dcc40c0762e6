"""Set-up wizard: find one's intercommunality, see its communes, create or update them."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...engine.opendata.territory import brand_name
from ...models.core.window_actions import open_action
from ...models.territory.reference_epci.french_localisation import SETTINGS_CHANGES

KINDS = [
    ("new", "New commune"),
    ("back", "Member again"),
    ("changed", "To update"),
    ("left", "No longer a member"),
    ("merged", "Merged"),
    ("unchanged", "Up to date"),
]


class CommuneSetup(models.TransientModel):
    _name = "commune.setup"
    _description = "Set up the territory"

    reference_epci_id = fields.Many2one(
        "commune.reference.epci",
        string="Your intercommunality",
        default=lambda self: self._default_reference_epci(),
        help="Type its name, its SIREN or the name of one of its communes.",
    )
    brand_name = fields.Char(
        string="Name used in public",
        compute="_compute_brand_name",
        store=True,
        readonly=False,
        help="Leave empty when it is the legal name.",
    )
    line_ids = fields.One2many(
        "commune.setup.line", "setup_id", compute="_compute_lines", store=True, readonly=False
    )
    is_update = fields.Boolean(compute="_compute_lines", store=True)
    summary = fields.Char(compute="_compute_summary")

    # changes of Odoo's settings: shown, or confirmed first in a shared database
    needs_confirmation = fields.Boolean(compute="_compute_settings_changes")
    settings_text = fields.Text(compute="_compute_settings_changes")
    needs_language = fields.Boolean(compute="_compute_settings_changes")
    needs_currency = fields.Boolean(compute="_compute_settings_changes")
    needs_zone = fields.Boolean(compute="_compute_settings_changes")
    needs_digest = fields.Boolean(compute="_compute_settings_changes")
    needs_password = fields.Boolean(compute="_compute_settings_changes")
    needs_signup = fields.Boolean(compute="_compute_settings_changes")
    change_language = fields.Boolean(string="Work in French")
    change_currency = fields.Boolean(string="Count in euros")
    change_zone = fields.Boolean(string="Read the clock of our communes")
    change_digest = fields.Boolean(string="Stop the digest of Odoo")
    change_password = fields.Boolean(string="Ask for long passwords")
    change_signup = fields.Boolean(string="Open accounts by invitation alone")
    source_text = fields.Text(compute="_compute_source_text")

    @api.model
    def _default_reference_epci(self):
        siren = self.env.company.epci_id.siren
        return siren and self.env["commune.reference.epci"].search([("siren", "=", siren)])

    def _compute_display_name(self):
        self.display_name = self.env._("Set up the territory")

    @api.depends("reference_epci_id")
    def _compute_brand_name(self):
        for wizard in self:
            epci = wizard.reference_epci_id
            partner = epci and epci._get_partner()
            wizard.brand_name = (partner and partner.brand_name) or (
                epci and brand_name(epci.siren)
            )

    @api.depends("reference_epci_id")
    def _compute_lines(self):
        for wizard in self:
            epci = wizard.reference_epci_id
            wizard.line_ids = [fields.Command.clear()]
            wizard.is_update = bool(epci and epci._get_partner().member_ids)
            if not epci:
                continue
            values = epci._get_commune_values()
            wizard.line_ids = [
                fields.Command.create(
                    {
                        "insee_code": change.insee_code,
                        "name": change.name,
                        "change": change.kind,
                        "population": values.get(change.insee_code, {}).get("population", 0),
                        "detail": self._get_detail(change),
                    }
                )
                for change in epci._get_plan()
            ]

    def _get_detail(self, change):
        """What changes in a commune, in one sentence."""
        labels, parts = self.env["res.partner"]._fields, []
        if change.kind == "changed":
            parts += [
                self.env._(
                    "%(field)s: %(before)s → %(after)s",
                    field=labels[name]._description_string(self.env),
                    before=change.before.get(name) or "–",
                    after=value or "–",
                )
                for name, value in change.values.items()
            ]
        if change.kind == "merged":
            heir = self.env["commune.reference.epci"]._get_reference().commune(change.successor)
            parts.append(self.env._("now part of %s", heir.name))
        if change.kept:
            parts.append(
                self.env._(
                    "your own value is kept for: %s",
                    ", ".join(labels[name]._description_string(self.env) for name in change.kept),
                )
            )
        return " ; ".join(parts)

    @api.depends("line_ids", "reference_epci_id")
    def _compute_summary(self):
        labels = dict(
            self.env["commune.setup.line"]._fields["change"]._description_selection(self.env)
        )
        for wizard in self:
            lines = wizard.line_ids
            parts = [
                f"{labels[kind]} : {count}"
                for kind, _label in KINDS
                if (count := len(lines.filtered(lambda line, kind=kind: line.change == kind)))
            ]
            wizard.summary = " · ".join(parts)

    @api.depends("reference_epci_id")
    def _compute_settings_changes(self):
        for wizard in self:
            epci = wizard.reference_epci_id
            changes = epci._get_settings_changes() if epci else ()
            wizard.needs_confirmation = bool(changes) and epci._needs_settings_confirmation()
            for name in SETTINGS_CHANGES:
                wizard[f"needs_{name}"] = name in changes
            wizard.settings_text = wizard._describe_settings_changes(changes)

    def _describe_settings_changes(self, changes):
        """Describe the settings changed without confirmation, in a database of the addon alone."""
        texts = {
            "language": self.env._("Odoo speaks French to everybody."),
            "currency": self.env._("Amounts are in euros."),
            "zone": self.env._("Hours are those of your communes."),
            "digest": self.env._("The periodic digest of Odoo does not leave any more."),
            "password": self.env._("New passwords are long."),
            "signup": self.env._("Nobody opens an account alone any more."),
        }
        return " ".join(texts[name] for name in changes)

    @api.depends("reference_epci_id")
    def _compute_source_text(self):
        data = self.env["commune.reference.epci"]._get_reference()
        text = "\n".join(f"{s['title']} – {s['source']} ({s['licence']})" for s in data.sources)
        for wizard in self:
            wizard.source_text = self.env._(
                "Open data, vintage %(vintage)s, population of %(year)s.\n%(sources)s",
                vintage=data.vintage,
                year=data.population_year,
                sources=text,
            )

    def action_apply(self):
        """Apply the lines that are ticked and show the communes."""
        self.ensure_one()
        self.check_access("write")
        if not self.reference_epci_id:
            raise UserError(self.env._("Choose your intercommunality first."))
        wanted = set(self.line_ids.filtered("apply").mapped("insee_code"))
        changes = [c for c in self.reference_epci_id._get_plan() if c.insee_code in wanted]
        settings = None
        if self.needs_confirmation:
            needed = self.reference_epci_id._get_settings_changes()
            settings = [name for name in needed if self[f"change_{name}"]]
        self.reference_epci_id._apply_plan(
            changes, brand_name=self.brand_name or "", settings=settings
        )
        return self._get_following()

    def _get_following(self):
        """Next screen of the onboarding, in the organisation's language; else the communes."""
        if self.env.company._shows_onboarding():
            url = "/odoo/communes-first-morning"
            return {"type": "ir.actions.act_url", "url": url, "target": "self"}
        return open_action(self, "commune_action", target="main")


class CommuneSetupLine(models.TransientModel):
    _name = "commune.setup.line"
    _description = "Commune in the set-up wizard"
    _order = "insee_code, id"

    setup_id = fields.Many2one("commune.setup", required=True, ondelete="cascade", index=True)
    apply = fields.Boolean(default=True, help="Untick to leave this commune as it is.")
    insee_code = fields.Char(string="INSEE code", readonly=True)
    name = fields.Char(readonly=True)
    population = fields.Integer(readonly=True)
    change = fields.Selection(KINDS, readonly=True)
    detail = fields.Char(readonly=True)
