"""Documents of a mission: order of mission, versions, entry sheet, exit handover."""

from odoo import api, models

from ...engine.text import after_comma


class MissionDocument(models.AbstractModel):
    """What the documents of a mission have in common."""

    _name = "commune.mission.document"
    _description = "Document of a mission"

    @api.model
    def _get_common(self, mission, heading):
        return {
            "docs": mission,
            "mission": mission,
            "title": f"{heading} – {mission.name}",
            "heading": heading,
            "kind": mission.name,
            "subtitle": mission.commune_id.name,
            "notice": "",
            "identity": self.env.company._get_document_identity(),
            "after_comma": after_comma,
            "agent": mission.employee_id.sudo(),
            "agent_name": mission.employee_id.sudo()._format_document_name(),
            "commune": mission.commune_id,
            "agreements": mission._list_agreements(),
            "period": self._describe_period(mission),
            "civil_registry": mission._get_civil_registry_limit(),
        }

    @api.model
    def _describe_period(self, mission):
        """“du lundi 5 au mercredi 7 octobre”; a mission of one day shows that day once."""
        format_long_date = self.env["commune.letter"]._format_date
        start, end = format_long_date(mission.date_start), format_long_date(mission.date_end)
        if start == end:
            return start
        return self.env._("from %(start)s until %(end)s", start=start, end=end)

    @api.model
    def _find(self, model, docids):
        record = self.env[model].browse(docids)[:1]
        record.check_access("read")
        return record


class MissionOrder(models.AbstractModel):
    _name = "report.commune_relations.mission_order"
    _inherit = "commune.mission.document"
    _description = "Order of mission (PDF)"

    @api.model
    def _get_report_values(self, docids, data=None):
        mission = self._find("commune.replacement.mission", docids)
        whole = mission.sudo()  # who reads it may not open the file of the agent
        version = whole._get_last_version()
        issued = bool(version.order_date)
        company = self.env.company
        values = self._get_common(mission, self.env._("Order of mission"))
        issued_on = company._format_document_date(
            issued and company._get_organisation_date(version.order_date)
        )
        if not issued:
            values["notice"] = self.env._("Draft: this order is not issued")
        elif number := version.order_facts.get("number"):
            values.update(kind=self.env._("No. %s", number), title=f"{values['heading']} {number}")
        return {
            **values,
            "facts": version.order_facts if issued else whole._get_order_facts(),
            "gaps": [] if issued else whole._get_order_gaps(),
            "issued_on": issued_on,
            "printed_on": issued_on,
            "fingerprint": version.order_hash,
        }


class MissionAmendment(models.AbstractModel):
    _name = "report.commune_relations.mission_amendment"
    _inherit = "commune.mission.document"
    _description = "Version of a mission (PDF)"

    @api.model
    def _get_report_values(self, docids, data=None):
        version = self._find("commune.replacement.amendment", docids)
        heading = (
            self.env._("Mission sheet")
            if version.number == 1
            else self.env._("Amendment no. %s", version.number - 1)
        )
        return {
            **self._get_common(version.mission_id, heading),
            "docs": version,
            "version": version,
            "lead": self._get_lead(version),
            "half_days": self.env["commune.replacement.slot"]._format_count(version.half_day_count),
            "days": version._group_by_day(),
        }

    @api.model
    def _get_lead(self, version):
        """Between whom, what and from when, in a sentence."""
        kinds = dict(version._fields["kind"]._description_selection(self.env))
        identity = self.env.company._get_document_identity()
        words = {
            "house": identity["legal_head" if version.number == 1 else "legal_within"],
            "place": version.commune_id._of_place(),
            "day": self.env["commune.letter"]._format_date(version.date_effect),
        }
        if version.number == 1:
            return self.env._(
                "%(house)s and the commune %(place)s agree on this mission, from %(day)s.", **words
            )
        return self.env._(
            "Between %(house)s and the commune %(place)s: %(change)s, from %(day)s.",
            change=kinds[version.kind].lower(),
            **words,
        )


class MissionSheet(models.AbstractModel):
    """Entry and exit: the same page, with the lines of the stage."""

    _name = "commune.mission.sheet"
    _inherit = "commune.mission.document"
    _description = "Sheet of a mission"

    @api.model
    def _get_sheet(self, docids, stage, heading):
        mission = self._find("commune.replacement.mission", docids)
        accesses = self.env["commune.replacement.access"]
        slots = mission._get_live_slots().sudo()
        states = dict(accesses._fields["state"]._description_selection(self.env))
        return {
            **self._get_common(mission, heading),
            "stage": stage,
            "phone": (self.env.company._get_replacement_phone() or "").replace(
                " ", "\N{NO-BREAK SPACE}"
            ),
            "pattern": slots and slots._describe_pattern(),
            "days": slots._group_by_hours(),
            "lines": mission.checklist_ids.filtered(lambda item: item.stage == stage),
            "accesses": [(access, states[access.state]) for access in mission.access_ids],
        }


class MissionEntry(models.AbstractModel):
    _name = "report.commune_relations.mission_entry"
    _inherit = "commune.mission.sheet"
    _description = "Entry sheet (PDF)"

    @api.model
    def _get_report_values(self, docids, data=None):
        return self._get_sheet(docids, "entry", self.env._("Entry sheet"))


class MissionExit(models.AbstractModel):
    _name = "report.commune_relations.mission_exit"
    _inherit = "commune.mission.sheet"
    _description = "Exit handover (PDF)"

    @api.model
    def _get_report_values(self, docids, data=None):
        return self._get_sheet(docids, "exit", self.env._("Exit handover"))
