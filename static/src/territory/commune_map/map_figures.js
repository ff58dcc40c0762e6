/**
 * Figures of the map as text: numbers and dates in the user's language, order, totals, files.
 * Plain functions on the data that `res.partner.get_commune_map` returns.
 */
import {normalize} from "@web/core/l10n/utils";
import {_t} from "@web/core/l10n/translation";
import {user} from "@web/core/user";

const NO_BREAK_SPACE = "\u00a0";
const {DateTime} = luxon;

// Created once: a table of 158 communes formats a thousand numbers at each rendering.
const plural = new Intl.PluralRules(user.lang);
const writers = new Map();

export function formatNumber(number, digits = 0) {
    if (!writers.has(digits)) {
        writers.set(digits, new Intl.NumberFormat(user.lang, {maximumFractionDigits: digits}));
    }
    return writers.get(digits).format(number);
}

/** Whether a number takes the singular: 1 in English, 0 and 1 in French. */
function isSingular(number) {
    return plural.select(number) === "one";
}

function formatWithUnit(number, measure) {
    const unit = isSingular(number) ? measure.unit_one : measure.unit;
    return [formatNumber(number, measure.digits), unit].filter(Boolean).join(NO_BREAK_SPACE);
}

export function countCommunes(number) {
    const text = formatNumber(number);
    return isSingular(number) ? _t("%s commune", text) : _t("%s communes", text);
}

/** The class of the measure to which a commune belongs; every commune has one. */
export function classOf(measure, commune) {
    return measure.classes[commune.class_indexes[measure.code]];
}

/** CSS class that gives a class of values its colour. */
export function fillOf(measure, valueClass) {
    const index = valueClass.color_index;
    return index === null ? "o_cm_none" : `o_cm_${measure.palette}_${index}`;
}

export function hasNumber(measure, commune) {
    return measure.kind === "sequential" && commune.values[measure.code] !== null;
}

/** “121 695 inhabitants”, “Council in office”, “No exchange noted”. */
export function formatValue(measure, commune) {
    if (hasNumber(measure, commune)) {
        return formatWithUnit(commune.values[measure.code], measure);
    }
    return classOf(measure, commune).label;
}

/** The value for a column that already names the unit. */
export function formatCell(measure, commune) {
    if (hasNumber(measure, commune)) {
        return formatNumber(commune.values[measure.code], measure.digits);
    }
    return classOf(measure, commune).label;
}

/** The exact day behind a number of days; empty when there is none. */
export function formatDay(measure, commune) {
    const day = commune.dates[measure.code];
    return day ? DateTime.fromISO(day).setLocale(user.lang).toLocaleString(DateTime.DATE_MED) : "";
}

/** Text of a commune for screen readers: “Metz, 121 695 inhabitants”. */
export function describe(measure, commune) {
    return _t("%(commune)s, %(value)s", {
        commune: commune.name,
        value: formatValue(measure, commune),
    });
}

/** Communes whose name or INSEE code holds the text, whatever the accents and hyphens. */
export function search(communes, text) {
    const simplify = (string) => normalize(string).replace(/[-\u0027\u2019\s]+/g, " ");
    const wanted = simplify(text.trim());
    return communes.filter(
        (commune) =>
            simplify(commune.name).includes(wanted) || commune.insee_code.startsWith(wanted)
    );
}

/**
 * Communes in the order of a column, where names go without their article; those without value always come last.
 * @param {Object} [measure] none: order of the names
 */
export function sortBy(communes, measure, descending) {
    const sign = descending ? -1 : 1;
    const byName = (a, b) => (a.order > b.order) - (a.order < b.order);
    if (!measure) {
        return [...communes].sort((a, b) => sign * byName(a, b));
    }
    const rank = (commune) =>
        measure.kind === "sequential"
            ? commune.values[measure.code]
            : commune.class_indexes[measure.code];
    const missing = (commune) => commune.values[measure.code] === null;
    return [...communes].sort(
        (a, b) => missing(a) - missing(b) || sign * (rank(a) - rank(b) || 0) || byName(a, b)
    );
}

/** Total (null when it means nothing), median and extremes of the communes with a value. */
export function summarize(measure, communes) {
    const numbers = communes
        .filter((commune) => hasNumber(measure, commune))
        .map((commune) => commune.values[measure.code])
        .sort((a, b) => a - b);
    if (!numbers.length) {
        return null;
    }
    const middle = numbers.length / 2;
    const median =
        numbers.length % 2
            ? numbers[Math.floor(middle)]
            : (numbers[middle - 1] + numbers[middle]) / 2;
    return {
        total: measure.additive ? numbers.reduce((sum, number) => sum + number, 0) : null,
        median,
        min: numbers[0],
        max: numbers.at(-1),
    };
}

/** A total, median or extreme as text: half a unit shows when a median falls between two. */
export function formatFigure(measure, number) {
    return formatNumber(number, Math.max(measure.digits, Number.isInteger(number) ? 0 : 1));
}

/** Total, median and extremes of a measure, each with its label; empty without numbers. */
export function listFigures(measure, communes) {
    const summary = summarize(measure, communes);
    if (!summary) {
        return [];
    }
    const labels = {
        total: _t("Total"),
        median: _t("Median"),
        min: _t("Minimum"),
        max: _t("Maximum"),
    };
    return Object.entries(labels)
        .filter(([name]) => summary[name] !== null)
        .map(([name, label]) => ({label, value: formatFigure(measure, summary[name])}));
}

/** “Population (inhabitants)”, but “Days since the last contact”, which contains its unit. */
export function columnLabel({label, unit}) {
    const hasUnit = !unit || normalize(label).includes(normalize(unit));
    return hasUnit ? label : `${label} (${unit})`;
}

/**
 * The table as text, one line per commune, with raw numbers: a spreadsheet reads them as such.
 * @param {string} separator ";" for a file, a tabulation for the clipboard
 */
export function toText(communes, measures, separator) {
    const decimal = formatNumber(1.5, 1).charAt(1);
    const write = (value) => {
        const text = typeof value === "number" ? String(value).replace(".", decimal) : value;
        // No regular expression with a quote: the extraction of the terms stops at it.
        const quoted = ['"', "\n", "\r", separator].some((sign) => text.includes(sign));
        return quoted ? `"${text.replaceAll('"', '""')}"` : text;
    };
    const header = [_t("INSEE code").toString(), _t("Commune").toString()];
    const lines = communes.map((commune) => [
        commune.insee_code,
        commune.name,
        ...measures.map((measure) =>
            hasNumber(measure, commune)
                ? commune.values[measure.code]
                : formatCell(measure, commune)
        ),
    ]);
    return [[...header, ...measures.map(columnLabel)], ...lines]
        .map((line) => line.map(write).join(separator))
        .join("\r\n");
}
