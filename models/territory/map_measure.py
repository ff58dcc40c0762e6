"""One measure of the map of the communes: a value for each, and how to show it."""

from collections import Counter
from dataclasses import dataclass, field

from babel.numbers import format_decimal

from odoo.tools.misc import babel_locale_parse

from ...engine.classes import colours, index_of, quantiles, thresholds


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
