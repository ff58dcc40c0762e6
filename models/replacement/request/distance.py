"""How far a commune is: the kilometres that the quote, the mission and the hours count."""

from odoo import api, fields, models

from ....engine.staffing import road_km


class CommuneReplacementRequest(models.Model):
    _inherit = "commune.replacement.request"

    distance_km = fields.Integer(
        string="Distance (km)",
        compute="_compute_distance_km",
        store=True,
        readonly=False,
        help="One way, from the home base.",
    )
    distance_text = fields.Char(string="How far", compute="_compute_distance_text")

    @api.depends("commune_id")
    def _compute_distance_km(self):
        """The estimate; a figure that was typed stays as long as the commune does."""
        for request in self:
            request.distance_km = request._estimate_km() or 0

    @api.onchange("date_start")
    def _onchange_date_start(self):
        """Estimate the detour on the first day; a value unlike the estimates was typed."""
        rules = self.env["commune.work.rule"]._read_rules(self.env.company.id)
        days = [first for first, _last, _detour in rules.get("detour", ())]
        for request in self:
            if request.distance_km in [request._estimate_km(day) for day in days]:
                request.distance_km = request._estimate_km() or 0

    @api.depends("commune_id", "date_start", "distance_km")
    @api.depends_context("lang")
    def _compute_distance_text(self):
        base = self.env.company._get_replacement_base()
        for request in self:
            request.distance_text = request._describe_distance(base)

    def _describe_distance(self, base):
        if not self.commune_id:
            return ""
        estimate, name = self._estimate_km(), base.brand_name or base.name
        if estimate is None and not self.distance_km:
            return self.env._(
                "The position of the commune or of the home base is not known: type the"
                " kilometres, or no travel is counted."
            )
        if estimate is None:
            return self.env._("Typed by hand")
        if estimate == self.distance_km:
            return self.env._("Estimated by road from %s", name)
        return self.env._(
            "Typed by hand; the estimate from %(base)s is %(km)s km", base=name, km=estimate
        )

    def _estimate_km(self, day=None):
        """Kilometres by road from the home base, one way: the straight line times the detour.

        :param day: whose detour counts; the first day of the request without
        :return: whole kilometres, None when a position or the rule is not known
        """
        self.ensure_one()
        company, place = self.env.company, self.commune_id.sudo()
        base = company._get_replacement_base()
        if base == place:
            return 0
        ends = [(one.partner_latitude, one.partner_longitude) for one in (base, place)]
        day = day or self.date_start or self._get_today()
        detour = self.env["commune.work.rule"]._find_value(company, "detour", day)
        return round(road_km(*ends, detour)) if detour and all(map(any, ends)) else None
