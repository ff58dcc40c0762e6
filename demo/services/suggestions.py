"""Demonstration: a commune that wants no suggestion, another that refuses one service."""


class SuggestionsDemo:
    def _create_demo_projects(self):
        result = super()._create_demo_projects()
        refusals = self.env["commune.service.refusal"]
        officer = self._get_demo_user("charge-mission").partner_id
        secretary = self._get_demo_user("secretaire").partner_id
        joined = secretary.held_mandate_ids.commune_id
        others = self.env.company.epci_id._get_members().sorted("insee_code") - joined
        # Given by telephone to the officer, who holds no mandate there.
        if others and not refusals.search_count([("commune_id", "=", others[-1].id)]):
            refusals.create({"commune_id": others[-1].id, "partner_id": officer.id})
        found = self.env["commune.service.suggestion"]._suggest()
        for commune in joined:
            for suggestion in found[commune.id][2:3]:
                service = self.env["commune.service"].browse(suggestion.service.key)
                refusals._set(commune, service, True, secretary)
        return result
