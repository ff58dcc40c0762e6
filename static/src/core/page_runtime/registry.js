// @odoo-module alias=@web/core/registry default=false
/** Odoo's registry, as the programs of a light page use it: names and their values by category. */

const categories = new Map();

class Category extends Map {
    add(name, value) {
        this.set(name, value);
        return this;
    }
}

export const registry = {
    category(name) {
        if (!categories.has(name)) {
            categories.set(name, new Category());
        }
        return categories.get(name);
    },
};
