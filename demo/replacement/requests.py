"""Demonstration of the replacement service: invented agents and requests, where they fit."""

import csv

from odoo.fields import Domain
from odoo.tools import file_open

FOLDER = "commune_relations/demo/replacement"
WOMEN = {"Nadia", "Sylvie", "Isabelle", "Élodie", "Fatima", "Julie", "Chloé"}  # of the agents


class ReplacementDemo:
    def _load(self, epci=None):
        sentences = super()._load(epci)
        if not self.env["commune.replacement.request"].search_count([], limit=1):
            sentences += self._load_replacement()
        self._forget_signing_changes()
        return sentences

    def _load_replacement(self):
        """The pool and the requests of the scenario, when the territory has their communes."""
        files = []
        for name in ("replacement_agents.csv", "replacement_requests.csv"):
            with file_open(f"{FOLDER}/{name}", "rb") as file:
                files.append((name, file.read()))
        csv_import = self.env["commune.replacement.csv.import"].with_context(
            tracking_disable=True, mail_create_nolog=True
        )
        lines = csv_import._read_files(*files)
        if any(line.change == "error" for line in lines):
            return []
        self._sign_replacement_agreements(lines)
        agents, created = csv_import._apply_lines(lines)
        for agent in agents:
            agent.work_contact_id.civility = "mme" if agent.name.split()[0] in WOMEN else "m"
        coordinator = self.env["res.users"].search([("login", "=", "coordination")], limit=1)
        created.user_id = coordinator
        # A number that nobody has: range reserved for works of fiction.
        self.env.company.replacement_phone = "03 53 01 00 00"
        return [
            self.env._(
                "replacement service: %(agents)s invented agents, %(requests)s requests",
                agents=len(agents),
                requests=len(created),
            )
        ]

    def _get_scenario_codes(self):
        """INSEE codes of the communes that ask for a replacement in the scenario."""
        with file_open(f"{FOLDER}/replacement_requests.csv", "r") as file:
            return {row["code_insee"] for row in csv.DictReader(file)}

    def _sign_replacement_agreements(self, lines):
        """Agreements in force for the communes that signed, and Good Friday as a local holiday."""
        places = self.env["commune.replacement.csv.import"]._get_places_by_name()
        covered = self.env["res.partner"]
        for line in lines:
            if line.kind == "request" and line.values[1].get("convention_signee") == "oui":
                covered |= places[line.values[0].insee_code]
        self._sign_demo_replacement(covered)
        places.get("57751", self.env["res.partner"]).good_friday_church = "yes"

    def _forget_signing_changes(self):
        """What a demonstration has just written is taken for old: its invented persons sign."""
        persons = self.env["res.partner"].search([("is_fictitious", "=", True)])
        held = self.env["commune.mandate"].search(Domain("partner_id", "in", persons.ids))
        for records in (persons, held):
            records.sudo().write({"signing_changed_at": False})
