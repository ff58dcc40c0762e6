"""Text of a letter about changed half-days.

Its subject, who decided and why, what was agreed before and what is agreed now, what to do."""

from odoo import api, models

from ...core.inside import get_inside
from ..request.acknowledgement import RECIPIENT

MAX_DAYS = 12  # listed one by one in a letter; beyond, they are counted


class CommuneReplacementSlot(models.Model):
    _inherit = "commune.replacement.slot"

    @api.model
    def _describe_agreed(self, agreed, is_placed=False):
        """`mardi 12 janvier 2027 (matin, 10 h 30 – 12 h), soirée de 20 h à 23 h`."""
        letter = self.env["commune.letter"]
        hours = list(map(letter._format_hour, agreed.hours))
        half = self.env._("morning") if agreed.half_day == "am" else self.env._("afternoon")
        text = f"{letter._format_date(agreed.day)} ({half}, {hours[0]} – {hours[1]})"
        if hours[2:]:
            text = self.env._(
                "%(day)s, evening from %(start)s to %(end)s",
                day=text,
                start=hours[2],
                end=hours[3],
            )
        return ", ".join(filter(None, (text, is_placed and agreed.place)))

    @api.model
    def _list_agreed(self, label, found, is_placed=False):
        """(label, words) of some half-days, one by one as long as they are few."""
        if len(found) > MAX_DAYS:
            values = [{"date": one.day, "half_day": one.half_day} for one in found]
            slots = self.union(*map(self.new, values))
            return [(label, slots._summarise()), ("", slots._describe_pattern())]
        words = [self._describe_agreed(one, is_placed) for one in found]
        return list(zip((label, *[""] * len(words)), words, strict=False))

    @api.model
    def _list_changes(self, changes):
        """(label, words) of what ended, began and changed for one agent."""
        ended = [change.ended for change in changes if change.ended]
        begun = [change.begun for change in changes if change.begun]
        cancelled = [one for one in ended if one.is_firm]
        cancelled_label = (
            self.env._("Half-day cancelled")
            if len(cancelled) == 1
            else self.env._("Half-days cancelled")
        )
        agreed_label = (
            self.env._("Half-day agreed") if len(begun) == 1 else self.env._("Half-days agreed")
        )
        return [
            *self._list_agreed(
                self.env._("Proposal withdrawn"), [one for one in ended if not one.is_firm]
            ),
            *self._list_agreed(cancelled_label, cancelled),
            *self._list_agreed(agreed_label, begun, is_placed=True),
            *self._list_replaced([change for change in changes if change.changed]),
        ]

    @api.model
    def _list_replaced(self, changes):
        """(label, words) of what is other than it was: as it was, then as it is."""
        if len(changes) > 1 and (moved := self._describe_move(changes)):
            return [(self.env._("Workplace"), moved)]
        if len(changes) > MAX_DAYS:
            changed = [change.changed for change in changes]
            return self._list_agreed(self.env._("Half-days changed"), changed)
        lines = []
        for change in changes:
            before = self._describe_agreed(change.before, is_placed=True)
            after = self._describe_agreed(change.after, is_placed=True)
            lines += [(self.env._("Before"), before), (self.env._("From now on"), after)]
        return lines

    @api.model
    def _describe_move(self, changes):
        """One sentence when the place alone is another one, the same for all these half-days; empty
        otherwise."""
        moves = {(change.before.place, change.after.place) for change in changes}
        others = [one for one in changes if one.before._replace(place=one.after.place) != one.after]
        before, after = next(iter(moves))
        if others or not after or len(moves) > 1:
            return ""
        days = sorted(change.after.day for change in changes)
        letter = self.env["commune.letter"]
        values = {
            "place": after,
            "count": len(changes),
            "start": letter._format_date(days[0]),
            "end": letter._format_date(days[-1]),
            "before": before,
        }
        if not before:
            return self.env._(
                "%(place)s, for the %(count)s half-days from %(start)s to %(end)s", **values
            )
        return self.env._(
            "%(place)s instead of %(before)s, for the %(count)s half-days from %(start)s to"
            " %(end)s",
            **values,
        )

    @api.model
    def _get_changed_slots(self, changes):
        return self.browse([change.slot for change in changes])

    @api.model
    def _get_change_kind(self, changes):
        """What a letter is about: `agreed`, `changed`, `withdrawn`, or what is cancelled: `one`
        half-day or `several` among others, `all`, or `last` when it was a single one."""
        ended = [change.ended for change in changes if change.ended]
        if any(change.changed for change in changes):
            return "changed"
        if any(change.begun for change in changes):
            return "changed" if ended else "agreed"
        if not any(one.is_firm for one in ended):
            return "withdrawn"
        left = self._get_changed_slots(changes).mission_id._get_live_slots()
        if left:
            return "one" if len(ended) == 1 else "several"
        return "last" if len(ended) == 1 else "all"

    @api.model
    def _list_initiators(self, changes, agent=None):
        """(label, words): who cancelled, and why.

        Why an agent cannot come stays with the agent and the service: it may reveal health data.

        :param agent: the agent, when the letter is for the agent (hr.employee)
        """
        slots = self._get_changed_slots([change for change in changes if change.ended])
        own = self.env._("yourself") if agent else self.env._("the agent")
        names = {
            "commune": self.env._("the commune %s", slots.commune_id[:1]._of_place(public=True)),
            "agent": own,
            "service": self.env._("the replacement service"),
        }
        initiators = dict.fromkeys(filter(None, slots.mapped("cancelled_by")))
        lines = [(self.env._("Decided by"), ", ".join(names[one] for one in initiators))]
        if "agent" not in initiators:
            lines.append((self.env._("Reason"), self._describe_change_reasons(changes)))
        return [(label, text) for label, text in lines if text]

    @api.model
    def _describe_change_reasons(self, changes):
        """As they were written on the versions of the missions."""
        slots = self._get_changed_slots([one for one in changes if one.ended or one.begun])
        versions = [mission._get_last_version() for mission in slots.mission_id]
        reasons = [version.reason for version in versions if version.number > 1]
        return "\N{NO-BREAK SPACE}; ".join(dict.fromkeys(filter(None, reasons)))

    @api.model
    def _describe_change_of_order(self, changes):
        """State the effect on the order of mission, issued or to come."""
        missions = self._get_changed_slots(changes).mission_id
        issued = missions.amendment_ids.filtered("order_date").sorted("number")
        if not issued:
            is_new = self._get_change_kind(changes) == "agreed"
            return self.env._("The order of mission follows.") if is_new else ""
        last = issued.grouped("mission_id").values()
        numbers = ", ".join(one[-1].order_facts.get("number") or "" for one in last)
        if missions._get_live_slots():
            return self.env._(
                "The order of mission %s no longer holds: a new one follows.", numbers
            )
        return self.env._("The order of mission %s no longer holds.", numbers)


class CommuneReplacementRequest(models.Model):
    _inherit = "commune.replacement.request"

    def _get_change_lines(self):
        """(label, words): what changed, agent by agent, for the commune and the coordination."""
        self.ensure_one()
        changes, slots = self._get_firm_changes(), self.env["commune.replacement.slot"]
        lines = [
            (self.env._("Number"), self.name),
            (self.env._("Commune"), self.commune_id.brand_name or self.commune_id.name),
        ]
        agents = [one.agent for change in changes for one in (change.before, change.after) if one]
        for agent in self.env["hr.employee"].browse(dict.fromkeys(agents)):
            own = [change.seen_by(agent.id) for change in changes]
            lines.append((self.env._("Agent"), agent.name))
            lines += slots._list_changes([change for change in own if change])
        return lines + slots._list_initiators(changes)

    def _get_change_values(self):
        return {
            "number": self.name,
            "place": self.commune_id._of_place(public=True),
            "days": self.slot_ids._get_changed_slots(self._get_firm_changes())._summarise(),
        }

    def _get_change_subject(self):
        """`[REM/2027/0004] Cancellation of the replacement for the commune of Aubrive: …`."""
        values = self._get_change_values()
        subjects = {
            "agreed": self.env._(
                "[%(number)s] Replacement agreed for the commune %(place)s: %(days)s", **values
            ),
            "changed": self.env._(
                "[%(number)s] Replacement changed for the commune %(place)s: %(days)s", **values
            ),
            "one": self.env._(
                "[%(number)s] Half-day cancelled for the commune %(place)s: %(days)s", **values
            ),
            "several": self.env._(
                "[%(number)s] Half-days cancelled for the commune %(place)s: %(days)s", **values
            ),
            "all": self.env._(
                "[%(number)s] Replacement cancelled for the commune %(place)s: %(days)s", **values
            ),
        }
        subjects["last"] = subjects["all"]
        # Odoo renders a template on no record when it is saved.
        return subjects.get(self.slot_ids._get_change_kind(self._get_firm_changes()), "")

    def _get_change_intro(self):
        values = self._get_change_values()
        sentences = {
            "agreed": self.env._(
                "The replacement for the commune %(place)s is agreed by both sides.", **values
            ),
            "changed": self.env._(
                "The replacement agreed for the commune %(place)s changes.", **values
            ),
            "one": self.env._(
                "A half-day agreed for the commune %(place)s is cancelled; the rest stays as"
                " agreed.",
                **values,
            ),
            "several": self.env._(
                "Half-days agreed for the commune %(place)s are cancelled; the rest stays as"
                " agreed.",
                **values,
            ),
            "all": self.env._(
                "The replacement agreed for the commune %(place)s is cancelled.", **values
            ),
        }
        sentences["last"] = sentences["all"]
        return sentences.get(self.slot_ids._get_change_kind(self._get_firm_changes()), "")

    def _get_change_order(self):
        return self.slot_ids._describe_change_of_order(self._get_firm_changes())

    def _get_change_phone(self):
        """The number of the service; the colleague who reads is of it."""
        person = self.env["res.partner"].browse(get_inside(self.env, RECIPIENT))
        is_staff = self._is_staff_reader(person)
        return "" if is_staff else self.env.company._get_replacement_phone()

    def _get_change_next(self):
        """State whether another agent is searched for the half-days left without one."""
        self.ensure_one()
        ended = {
            (one.ended.day, one.ended.half_day) for one in self._get_firm_changes() if one.ended
        }
        again = self.slot_ids.filtered(
            lambda s: (s.date, s.half_day) in ended and s.state in ("open", "held")
        )
        if again:
            return self.env._("Another agent is looked for: %s.", again._summarise())
        if not ended or any(change.begun for change in self._get_firm_changes()):
            return ""
        if len(ended) == 1:
            return self.env._("No other agent is looked for on this half-day.")
        return self.env._("No other agent is looked for on these half-days.")

    def _get_change_calls(self):
        """For the coordination: who has no address, and has to be called."""
        person = self.env["res.partner"].browse(get_inside(self.env, RECIPIENT))
        if not self._is_staff_reader(person):
            return ""
        agents = [one.agent for change in self._get_firm_changes() for one in change[1:] if one]
        agents = self.env["hr.employee"].browse(dict.fromkeys(agents))
        asker = self.with_context(**{RECIPIENT: False})._get_letter_person()
        silent = [
            (one.name, one.work_phone or one.mobile_phone)
            for one in agents
            if not one._get_letter_email()
        ]
        if not asker.email_normalized:
            silent.append((asker.name, asker.phone or self.commune_id.phone))
        return "\N{NO-BREAK SPACE}; ".join(", ".join(filter(None, one)) for one in silent)

    def _get_change_address(self):
        """Where the reader opens the request."""
        person = self.env["res.partner"].browse(get_inside(self.env, RECIPIENT))
        is_staff = self._is_staff_reader(person)
        return self._get_staff_address() if is_staff else self._get_portal_address()

    @api.model
    def _is_staff_reader(self, person):
        return bool(person.user_ids.filtered(lambda user: not user.share))


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def _get_change_lines(self):
        """(label, words): what changed, commune by commune."""
        slots, lines = self.env["commune.replacement.slot"], []
        for request, changes in self._get_own_changes().items():
            commune = request.commune_id
            lines.append((self.env._("Commune"), commune.brand_name or commune.name))
            lines += slots._list_changes(changes)
            lines += slots._list_initiators(changes, self)
        return lines

    def _get_change_values(self):
        """(kind, values) of a letter; `many` when several communes are concerned."""
        own, slots = self._get_own_changes(), self.env["commune.replacement.slot"]
        every = [change for changes in own.values() for change in changes]
        requests = self.env["commune.replacement.request"].union(*own)
        kind = slots._get_change_kind(every) if len(own) == 1 else "many"
        return kind, {
            "place": requests[:1].commune_id._of_place(public=True),
            "days": slots._get_changed_slots(every)._summarise(),
        }

    def _get_change_subject(self):
        """`Cancellation of your mission for the commune of Aubrive: Monday 11 January 2027…`."""
        kind, values = self._get_change_values()
        subjects = {
            "agreed": self.env._("Mission agreed for the commune %(place)s: %(days)s", **values),
            "changed": self.env._(
                "Change of your mission for the commune %(place)s: %(days)s", **values
            ),
            "withdrawn": self.env._(
                "Proposal withdrawn for the commune %(place)s: %(days)s", **values
            ),
            "one": self.env._("Half-day cancelled for the commune %(place)s: %(days)s", **values),
            "several": self.env._(
                "Half-days cancelled for the commune %(place)s: %(days)s", **values
            ),
            "all": self.env._(
                "Cancellation of your mission for the commune %(place)s: %(days)s", **values
            ),
        }
        subjects["last"] = subjects["all"]
        return subjects.get(kind) or self.env._("Change of your missions: %(days)s", **values)

    def _get_change_intro(self):
        """What happens, and what to do."""
        kind, values = self._get_change_values()
        if kind == "agreed":
            return self.env._("Your mission for the commune %(place)s is agreed.", **values)
        if kind == "changed":
            return self.env._(
                "Your mission for the commune %(place)s changes: what is written below replaces"
                " what was agreed.",
                **values,
            )
        if kind == "withdrawn":
            return self.env._(
                "The mission proposed for the commune %(place)s is withdrawn: you have nothing to"
                " do.",
                **values,
            )
        if kind == "many":
            return self.env._("Your missions change, commune by commune:")
        return self._get_cancellation_intro(kind, values)

    def _get_cancellation_intro(self, kind, values):
        sentences = {
            "one": self.env._(
                "A half-day of your mission for the commune %(place)s is cancelled: do not go"
                " there. The rest stays as agreed.",
                **values,
            ),
            "several": self.env._(
                "Half-days of your mission for the commune %(place)s are cancelled: do not go"
                " there. The rest stays as agreed.",
                **values,
            ),
            "last": self.env._(
                "Your mission for the commune %(place)s is cancelled: do not go there on this"
                " half-day.",
                **values,
            ),
            "all": self.env._(
                "Your mission for the commune %(place)s is cancelled: do not go there on these"
                " half-days.",
                **values,
            ),
        }
        return sentences[kind]

    def _get_change_order(self):
        slots = self.env["commune.replacement.slot"]
        own = self._get_own_changes().values()
        return " ".join(filter(None, map(slots._describe_change_of_order, own)))
