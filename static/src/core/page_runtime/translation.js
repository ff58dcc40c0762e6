// @odoo-module alias=@web/core/l10n/translation default=false
import {pageData} from "./page_data";

/**
 * What a call of `_t` becomes in a bundle of Odoo: a text in the language of the page, its values
 * put in, `%s` in their order, `%(name)s` by name.
 * @param {string} source
 * @param {string} _addon
 * @param {...any} values
 * @returns {string}
 */
export function appTranslateFn(source, _addon, ...values) {
    const text = pageData.words[source] || source;
    const [named] = values;
    if (named && typeof named === "object") {
        return text.replace(/%\((\w+)\)s/g, (_sign, name) => named[name]);
    }
    return text.replace(/%s/g, () => values.shift());
}
