"""Good Friday in Alsace-Moselle: a holiday where there is a Protestant or a mixed church."""

from odoo import fields, models

CHURCHES = [("yes", "Yes"), ("no", "No")]


class ResPartner(models.Model):
    """Good Friday as a holiday of the communes of Alsace-Moselle.

    Ordinance of 16 August 1892 (Labour Code, L.3134-13): 26 December is a holiday in all of
    Moselle, Bas-Rhin and Haut-Rhin, Good Friday only in the communes that have a Protestant church
    or a church of both confessions. No open data lists them: each commune answers.
    """

    _inherit = "res.partner"

    good_friday_church = fields.Selection(
        CHURCHES,
        string="Protestant or mixed church",
        copy=False,
        help="Whether the commune has a Protestant church or one of both confessions: Good Friday"
        " is then a holiday there (ordinance of 16 August 1892). Empty: nobody has said yet. An"
        " intercommunality follows the commune of its seat.",
    )
    seat_commune_id = fields.Many2one(
        "res.partner",
        string="Commune of the seat",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
        domain="[('is_commune', '=', True), ('epci_id', '=', id)]",
        help="Where the intercommunality has its seat: its holidays are those of this commune.",
    )

    def _get_good_friday_church(self):
        """`yes`, `no`, or False without an answer; the seat answers for an EPCI."""
        self.ensure_one()
        place = self.sudo()
        return (place.is_epci and place.seat_commune_id or place).good_friday_church

    def _has_good_friday_off(self, careful=False):
        """Whether Good Friday is a holiday there; False outside Alsace-Moselle has no effect.

        :param careful: what is not known counts as a holiday. A delay of notice in working days is
            then a day longer, never one too short; elsewhere what is not known is a working day,
            the legal rule of a commune without such a church.
        """
        answer = self._get_good_friday_church()
        return answer == "yes" or (careful and not answer)

    def _asks_good_friday(self):
        """Whether the question makes sense for this place."""
        self.ensure_one()
        return self.is_commune and self.local_law == "alsace_moselle"

    def _set_good_friday(self, church, person):
        """Record the answer of the commune; the history names its author.

        :param church: `yes` or `no`
        :param person: res.partner who answers for the commune
        """
        self.ensure_one()
        commune = self.sudo()
        if commune.good_friday_church == church:
            return
        commune.good_friday_church = church
        answer = dict(self._fields["good_friday_church"]._description_selection(self.env))[church]
        commune._message_log(
            body=self.env._(
                "Protestant or mixed church (Good Friday): %(answer)s, says %(person)s.",
                answer=answer,
                person=person.name,
            ),
            author_id=person.id,
        )
