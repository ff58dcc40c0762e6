"""What the map of the communes can be coloured by.

A later pillar adds a measure like this (its values: one grouped read, never one per commune):

    def _get_map_measures(self, communes):
        counts = self.env["helpdesk.ticket"]._read_group(…, ["commune_id"], ["__count"])
        by_id = {commune.id: count for commune, count in counts}
        measure = MapMeasure(
            code="open_requests",
            label=self.env._("Open requests"),
            unit=(self.env._("request"), self.env._("requests")),
            definition=self.env._("Requests of the commune that are not closed today."),
            values={commune_id: by_id.get(commune_id, 0) for commune_id in communes.ids},
            additive=True,
        )
        return [*super()._get_map_measures(communes), measure]"""

from collections import Counter
from dataclasses import dataclass, field

from babel.numbers import format_decimal

from odoo import models
from odoo.tools.misc import babel_locale_parse

from ....engine.classes import colours, index_of, quantiles, thresholds
from ...core.collation import collate

DELAY_BOUNDS = (30, 90, 180, 365)  # days
# Colours of the palette `status` of commune_map.scss, from good to worrying.
STATUS_COLOURS = {"complete": 0, "former_term": 1, "no_mayor": 2, "no_official": 3}
GROUP_COLOURS = 12  # colours of the palette `groups`, used again from the first beyond


class CommuneMap(models.AbstractModel):
    _name = "commune.map"
    _description = "Map of the communes and its figures"

    def _get_map_measures(self, communes):
        """The measures of these communes, in the order of the menu of the map.

        :return: list of MapMeasure
        """
        return [
            self._get_population_measure(communes),
            self._get_elected_measure(communes),
            self._get_last_contact_measure(communes),
            self._get_confirmation_measure(communes),
            self._get_electoral_status_measure(communes),
            self._get_sector_measure(communes),
        ]

    def _get_map_later(self):
        """[{code, label}]: measures worked out only when one asks for them (`map_measure`)."""
        return []

    def _get_population_measure(self, communes):
        years = sorted({str(year) for year in communes.mapped("population_year") if year})
        return MapMeasure(
            code="population",
            label=self.env._("Municipal population"),
            unit=(self.env._("inhabitant"), self.env._("inhabitants")),
            definition=self.env._(
                "Municipal population published by INSEE, census of %s.", ", ".join(years) or "?"
            ),
            values={commune.id: commune.population or None for commune in communes},
            none_label=self.env._("Population not known"),
            additive=True,
        )

    def _get_elected_measure(self, communes):
        return MapMeasure(
            code="elected_count",
            label=self.env._("Elected officials in office"),
            unit=(self.env._("elected official"), self.env._("elected officials")),
            definition=self.env._(
                "Persons who hold an elected mandate in the commune today, each counted once."
                " 0 as long as no elected official is known."
            ),
            values={commune.id: commune.elected_count for commune in communes},
            additive=True,
        )

    def _get_days_measure(self, dates, **values):
        """A measure in days from a date to today.

        :param dates: commune id -> date, or False for never
        """
        today = self.env.company._get_today()
        return MapMeasure(
            unit=(self.env._("day"), self.env._("days")),
            values={cid: max((today - day).days, 0) if day else None for cid, day in dates.items()},
            dates=dates,
            bounds=DELAY_BOUNDS,
            palette="delay",
            **values,
        )

    def _get_last_contact_measure(self, communes):
        return self._get_days_measure(
            {
                commune.id: (moment := commune.last_contact_date)
                and self.env.company._get_organisation_date(moment)
                for commune in communes
            },
            code="last_contact",
            label=self.env._("Days since the last contact"),
            definition=self.env._(
                "Days from the last e-mail or comment exchanged on the commune or with one of"
                " its persons, or from the last activity done, to today."
            ),
            none_label=self.env._("No exchange noted"),
        )

    def _get_confirmation_measure(self, communes):
        return self._get_days_measure(
            {commune.id: commune.contact_confirmed_date for commune in communes},
            code="contact_confirmed",
            label=self.env._("Days since the contact data were confirmed"),
            definition=self.env._(
                "Days since the commune last said that its phone, e-mail and opening hours are"
                " right. A commune is asked again after 6 months."
            ),
            none_label=self.env._("Never confirmed"),
        )

    def _get_electoral_status_measure(self, communes):
        labels = dict(communes._fields["electoral_status"]._description_selection(self.env))
        return MapMeasure(
            code="electoral_status",
            label=self.env._("Electoral status"),
            definition=self.env._(
                "Whether the council and the mayor in office are known, and whether the mayor"
                " was elected since the last renewal of the councils."
            ),
            kind="categorical",
            palette="status",
            options=[(code, labels[code], colour) for code, colour in STATUS_COLOURS.items()],
            values={commune.id: commune.electoral_status for commune in communes},
        )

    def _get_sector_measure(self, communes):
        sectors = communes.sector_id.sorted(lambda sector: (sector.sequence, collate(sector.name)))
        return MapMeasure(
            code="sector",
            label=self.env._("Sector"),
            definition=self.env._("Sector of the intercommunality to which the commune belongs."),
            kind="categorical",
            palette="groups",
            options=[
                (sector.id, sector.name, place % GROUP_COLOURS)
                for place, sector in enumerate(sectors)
            ],
            values={commune.id: commune.sector_id.id or None for commune in communes},
            none_label=self.env._("No sector"),
        )


@dataclass(slots=True)
class MapMeasure:
    """One measure of the map: a value per commune and how to show it.

    values: commune id -> number, or code of an option, or None (no value).
    kind: `sequential` (numbers, in classes) or `categorical` (one of `options`).
    unit: singular and plural, for numbers. definition: what is counted, over what period.
    none_label: name of the class of the communes without value.
    palette: `amount`, `delay` (more is worse), `status` or `groups`: see commune_map.scss.
    bounds: thresholds of the classes; without them, quantiles with round bounds.
    options: (code, label, colour of the palette) of each possible value, in legend order.
    digits: decimals shown. additive: whether a total over the communes means something.
    dates: commune id -> the date behind a number of days.
    """

    code: str
    label: str
    values: dict
    definition: str = ""
    kind: str = "sequential"
    unit: tuple = ("", "")
    none_label: str = ""
    palette: str = "amount"
    bounds: tuple = ()
    options: list = field(default_factory=list)
    digits: int = 0
    additive: bool = False
    dates: dict = field(default_factory=dict)

    def _classify(self, communes):
        """Sort the communes into classes; every commune is in one.

        :return: (list of dicts low, high, closed, value, label, count, color_index;
            dict commune id -> position in that list)
        """
        known = {cid: v for cid in communes.ids if (v := self.values.get(cid)) is not None}
        if self.kind == "categorical":
            classes, indexes = self._classify_options(known)
        else:
            classes, indexes = self._classify_numbers(known)
        missing = [cid for cid in communes.ids if cid not in known]
        if missing:
            indexes.update(dict.fromkeys(missing, len(classes)))
            classes.append({"count": len(missing), "label": self.none_label, "color_index": None})
        empty = {"low": None, "high": None, "closed": False, "value": None}
        return [{**empty, **value_class} for value_class in classes], indexes

    def _classify_options(self, known):
        counts = Counter(known.values())
        shown = [option for option in self.options if counts[option[0]]]
        places = {option[0]: place for place, option in enumerate(shown)}
        classes = [
            {"value": code, "label": label, "count": counts[code], "color_index": colour}
            for code, label, colour in shown
        ]
        return classes, {commune_id: places[value] for commune_id, value in known.items()}

    def _classify_numbers(self, known):
        numbers = list(known.values())
        found = thresholds(numbers, self.bounds) if self.bounds else quantiles(numbers)
        if not numbers:
            found = []
        classes = [
            {"low": c.low, "high": c.high, "closed": c.closed, "count": c.count, "color_index": i}
            for c, i in zip(found, colours(len(found)), strict=True)
        ]
        return classes, {cid: index_of(value, found) for cid, value in known.items()}

    def _describe(self, env, classified):
        """The measure as the client shows it.

        :param classified: what `_classify` returned
        """
        classes, _indexes = classified
        for value_class in classes:
            if "label" not in value_class:
                value_class["label"] = self._get_class_label(env, value_class)
        return {
            "code": self.code,
            "label": self.label,
            "unit": self.unit[1],
            "unit_one": self.unit[0],
            "definition": self.definition,
            "kind": self.kind,
            "palette": self.palette,
            "none_label": self.none_label,
            "digits": self.digits,
            "additive": self.additive,
            "classes": classes,
        }

    def _get_class_label(self, env, value_class):
        """“500 to 999”, “Less than 30”, “365 and more”, with numbers as the user writes them."""
        low, high = value_class["low"], value_class["high"]
        locale = babel_locale_parse(env.lang)

        def write(number):
            return format_decimal(round(number, self.digits), locale=locale)

        if low is None:
            return env._("Less than %s", write(high))
        if high is None:
            return env._("%s and more", write(low))
        if not value_class["closed"] and not self.digits:
            high -= 1
        if high == low:
            return write(low)
        return env._("%(low)s to %(high)s", low=write(low), high=write(high))
