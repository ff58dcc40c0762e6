"""Secretary of a session of a council, who signs its minutes with the chair.

CGCT, L.2121-15: the council appoints one of its members; anyone who helps from outside assists and
signs nothing. In Moselle, Bas-Rhin and Haut-Rhin, L.2541-6 applies instead: the council names whom
it wishes, an agent of the commune who attends as well (ministerial answer, Senate, 31 October 2013,
n° 02034). To be confirmed by the legal department."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class CommuneSession(models.Model):
    _inherit = "commune.session"

    session_secretary_id = fields.Many2one(
        "commune.attendance",
        string="Secretary of the sitting",
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups="commune_relations.group_reader",
        domain="[('id', 'in', session_secretary_choice_ids)]",
        help="Member present whom the council names at the opening, and who signs its minutes with"
        " the chair (CGCT, L.2121-15). Where local law holds, in Moselle and Alsace, anybody who"
        " attends (L.2541-6).",
    )
    session_secretary_choice_ids = fields.Many2many(
        "commune.attendance",
        compute="_compute_session_secretary_choice_ids",
        compute_sudo=True,
        groups="commune_relations.group_reader",
    )

    @api.depends(
        "attendance_ids.actual",
        "attendance_ids.answer",
        "attendance_ids.voting",
        "place_id.local_law",
    )
    def _compute_session_secretary_choice_ids(self):
        for session in self:
            there = session._filter_there(session.attendance_ids)
            session.session_secretary_choice_ids = (
                there if session._follows_local_law() else there.filtered("voting")
            )

    def _follows_local_law(self):
        return self.sudo().place_id.local_law == "alsace_moselle"

    def _check_secretaries_kept(self, vals):
        named = vals["session_secretary_id"] or False
        for session in self:
            session._check_secretary_kept(named)

    def _check_secretary_kept(self, named):
        """Anyone who signs the minutes that left is whom they name.

        :param named: id of the attendance, or False
        """
        held, left = self.session_secretary_id.id, self.state in ("minutes_sent", "approved")
        if left and held != named and (held or self.state == "approved"):
            raise UserError(
                self.env._(
                    "The minutes of “%s” have left: the secretary of the sitting does not change"
                    " any more.",
                    self.display_name,
                )
            )

    @api.constrains("session_secretary_id")
    def _check_sitting_secretary(self):
        for session in self.sudo():
            line = session.session_secretary_id
            if not line or line in session.session_secretary_choice_ids:
                continue
            words = {"person": line.partner_id.name, "session": session.display_name}
            if session._follows_local_law():
                raise ValidationError(
                    self.env._(
                        "%(person)s does not attend “%(session)s”: its secretary is somebody who"
                        " is there (CGCT, art. L. 2541-6).",
                        **words,
                    )
                )
            raise ValidationError(
                self.env._(
                    "%(person)s is not among the members present at “%(session)s”: the council"
                    " appoints one of them as its secretary. The person who comes from"
                    " outside may assist, and does not sign (CGCT, art. L. 2121-15).",
                    **words,
                )
            )

    def _get_sitting_secretary_sentence(self):
        """Minutes of a council name who was its secretary."""
        line = self._is_council() and self.sudo().session_secretary_id
        if not line:
            return ""
        return self.env._("Secretary of the sitting: %s.", self._name_person(line.partner_id))
