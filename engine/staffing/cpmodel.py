"""The constraints of a plan, for the CP-SAT solver."""

from collections import defaultdict
from datetime import timedelta

from ortools.sat.python import cp_model

from .agent_schedule import Diary
from .eligibility import Board
from .hours import Clock, edge_days
from .limits import Limits, minute
from .model import AM, PM, HalfDay, monday

Key = tuple[str, HalfDay, str]  # request, half-day, agent


class Model:
    """One variable for each half-day that an agent could take."""

    def __init__(self, board: Board):
        self.board = board
        self.cp = cp_model.CpModel()
        self.x: dict[Key, cp_model.IntVar] = {}
        self.by_slot: dict[tuple[str, HalfDay], list[Key]] = defaultdict(list)
        self.by_place: dict[tuple[str, HalfDay], list[Key]] = defaultdict(list)
        self.by_request: dict[str, list[Key]] = defaultdict(list)
        self.by_agent: dict[str, list[Key]] = defaultdict(list)
        self.uses: dict[tuple[str, str], cp_model.IntVar] = {}
        # Variables that follow from the others, with the keys of which one at least is chosen.
        self.derived: list[tuple[cp_model.IntVar, list[Key]]] = []
        self.days: dict[str, list[cp_model.IntVar]] = {}
        self.load: tuple[cp_model.IntVar, list[list[Key]]] | None = None
        self.clock = Clock(board.problem.limits, board.distance)
        self.refused: dict[tuple, bool] = {}
        self.locked = {(o.request, o.half_day, o.agent) for o in board.problem.locked}
        self._variables()
        self._one_at_a_time()
        self._requests()
        self._ways()
        self._weeks()
        self.filled = sum(self.x.values())

    def _variables(self):
        busy = {(agent, slot) for _request, slot, agent in self.locked}
        keys = [
            (request, slot, agent)
            for (request, slot), agents in self.board.possible.items()
            for agent in agents
            if (agent, slot) not in busy
        ]
        taken = {(request, slot) for request, slot, _agent in self.locked}
        keys = [key for key in keys if key[:2] not in taken] + sorted(self.locked)
        for key in keys:
            request, slot, agent = key
            self.x[key] = self.cp.new_bool_var(f"{request} {slot.date} {slot.half} {agent}")
            self.by_slot[request, slot].append(key)
            self.by_place[agent, slot].append(key)
            self.by_request[request].append(key)
            self.by_agent[agent].append(key)
        for key in self.locked:
            self.cp.add(self.x[key] == 1)

    def _free(self, keys) -> bool:
        """Whether a rule is for the solver: persons' locks are not."""
        return not all(key in self.locked for key in keys)

    def _one_at_a_time(self):
        for groups in (self.by_slot, self.by_place):
            for keys in groups.values():
                if len(keys) > 1 and self._free(keys):
                    self.cp.add_at_most_one(self.x[key] for key in keys)

    def _requests(self):
        for code, keys in self.by_request.items():
            request = self.board.requests.get(code)
            if request is None:
                continue
            for agent in dict.fromkeys(key[2] for key in keys):
                self.uses[code, agent] = use = self.cp.new_bool_var(f"{code} {agent}")
                own = [key for key in keys if key[2] == agent]
                self.derived.append((use, own))
                for key in own:
                    self.cp.add_implication(self.x[key], use)
            held = {key[2] for key in keys if key in self.locked}
            if not request.splittable and len(held) < 2:
                self.cp.add_at_most_one(self.uses[code, a] for a in {k[2] for k in keys})
            if request.alternatives:
                self._variants(request, keys)

    def _variants(self, request, keys):
        """The days asked, or the others as a whole, never more in a week than asked."""
        chosen = [
            self.cp.new_bool_var(f"{request.code} days {n}") for n in range(len(request.variants))
        ]
        self.days[request.code] = chosen
        self.cp.add_exactly_one(chosen)
        for key in keys:
            inside = [
                v for v, slots in zip(chosen, request.variants, strict=True) if key[1] in slots
            ]
            if key not in self.locked:
                self.cp.add_bool_or([self.x[key].negated(), *inside])
        weeks = defaultdict(list)
        for key in keys:
            weeks[monday(key[1].date)].append(key)
        for of_week in filter(self._free, weeks.values()):
            held = sum(key in self.locked for key in of_week)
            asked = request.asked_of_week[monday(of_week[0][1].date)]
            self.cp.add(sum(self.x[key] for key in of_week) <= max(asked, held))

    def _ways(self):
        """No agent in two communes that are too far for one day, none without the break."""
        for (agent, slot), keys in self.by_place.items():
            for key in filter(lambda key: self._is_refused(slot, key), keys):
                if key not in self.locked:
                    self.cp.add(self.x[key] == 0)
            if slot.half != AM:
                continue
            afternoons = self.by_place.get((agent, HalfDay(slot.date, PM)), ())
            for one in keys:
                bad = [other for other in afternoons if self._is_refused(slot, one, other)]
                if bad and self._free([one, *bad]):
                    self.cp.add(self.x[one] + sum(self.x[o] for o in bad) <= 1)

    def _is_refused(self, slot: HalfDay, *keys: Key) -> bool:
        """Whether a day breaks a rule whatever the others; with an evening, hours depend on the
        day before, so that only its break is looked at."""
        if any(key[0] not in self.board.requests for key in keys):
            return False
        halves = {key[1].half: self.board.requests[key[0]] for key in keys}
        late = any(key[1] in self.board.requests[key[0]].evening_of for key in keys)
        when = slot.date if late else id(self.clock.limits.on(slot.date))
        found = (when, *((key[0], key[1].half) for key in keys))
        if found not in self.refused:
            rules = ("break",) if late else ("travel", "day_hours", "break")
            day = self.clock.day(slot.date, halves)
            self.refused[found] = any(trouble.rule in rules for trouble in day.troubles)
        return self.refused[found]

    def _weeks(self):
        """Hours of a week and of twelve weeks, for those whose days can exceed them."""
        for agent, keys in self.by_agent.items():
            weeks = defaultdict(list)
            for key in keys:
                weeks[monday(key[1].date)].append(key)
            for week, of_week in weeks.items():
                limits = self.board.problem.limits.on(week)
                self._at_most(of_week, limits.week_hours)
                self._at_most_a_day(of_week)
                self._rest(agent, of_week, limits)
                span = [
                    key
                    for n in range(limits.average_weeks)
                    for key in weeks.get(week + timedelta(weeks=n), ())
                ]
                self._at_most(span, limits.average_hours * limits.average_weeks)

    def _at_most(self, keys: list[Key], hours: float):
        """Hours of half-days, without their roads."""
        minutes = {key[1]: self._minutes(key[1]) for key in keys}
        if sum(minutes.values()) > hours * 60 and self._free(keys):
            terms = (self.x[key] * minutes[key[1]] for key in keys)
            self.cp.add(sum(terms) <= int(hours * 60))

    def _minutes(self, slot: HalfDay) -> int:
        return self.board.problem.limits.on(slot.date).minutes(slot.half)

    def _at_most_a_day(self, keys: list[Key]):
        """Not the morning and the afternoon, in an organisation where they are too long
        together."""
        days = defaultdict(list)
        for key in keys:
            days[key[1].date].append(key)
        for day, of_day in days.items():
            self._at_most(of_day, self.board.problem.limits.on(day).day_hours)

    def _rest(self, agent: str, keys: list[Key], limits: Limits):
        """A day off in each week, when a night and half a day are no rest of a week."""
        if limits.weekly_rest_hours <= 24 + _noon(limits):
            return
        days = defaultdict(list)
        for key in keys:
            days[key[1].date].append(key)
        if len(days) < 7 or not self._free(keys):
            return
        used = []
        for day, of_day in days.items():
            used.append(self.cp.new_bool_var(f"{agent} {day}"))
            self.cp.add_max_equality(used[-1], [self.x[key] for key in of_day])
            self.derived.append((used[-1], of_day))
        self.cp.add(sum(used) <= 6)

    def hint(self, chosen: dict[tuple[str, HalfDay], str]):
        """Start the search from a choice."""
        self.cp.clear_hints()
        taken = {key for key in self.x if chosen.get(key[:2]) == key[2]}
        for key, variable in self.x.items():
            self.cp.add_hint(variable, key in taken)
        for variable, keys in self.derived:
            self.cp.add_hint(variable, any(key in taken for key in keys))
        for code, variables in self.days.items():
            slots = {slot for request, slot, _agent in taken if request == code}
            variants = self.board.requests[code].variants
            first = next((n for n, days in enumerate(variants) if slots <= set(days)), 0)
            for number, variable in enumerate(variables):
                self.cp.add_hint(variable, number == first)
        if self.load is not None:
            variable, groups = self.load
            most = max((len(taken.intersection(keys)) for keys in groups), default=0)
            self.cp.add_hint(variable, most)

    def cut(self, chosen: dict[tuple[str, HalfDay], str]) -> int:
        """Forbid the groups of half-days of a choice that break a rule of working time.

        :return: how many were found; evenings and hours of road are checked this way
        """
        diaries = {code: Diary(agent, self.board) for code, agent in self.board.agents.items()}
        for (request, slot), agent in chosen.items():
            diaries[agent].add(slot, self.board.requests[request])
        found = 0
        for agent, diary in diaries.items():
            for trouble in diary.troubles({slot.date for slot in diary.entries}):
                first, days = trouble.date, 7
                if trouble.rule == "average_hours":
                    days = 7 * self.board.problem.limits.on(first).average_weeks
                elif trouble.rule == "break":
                    days = 1
                elif trouble.rule == "weekly_rest":  # it may begin or end in the week beside
                    edge = edge_days(self.board.problem.limits.on(first))
                    first, days = first - timedelta(days=edge), 7 + 2 * edge
                elif trouble.rule != "week_hours":
                    first, days = trouble.date - timedelta(days=1), 2
                keys = [
                    (request.code, slot, agent)
                    for slot, request in diary.entries.items()
                    if 0 <= (slot.date - first).days < days
                ]
                if self._free(keys):
                    self.cp.add(sum(self.x[key] for key in keys) <= len(keys) - 1)
                    found += 1
        return found


def _noon(limits: Limits) -> float:
    """Hours between the morning and the afternoon."""
    return (minute(limits.afternoon[0]) - minute(limits.morning[1])) / 60
