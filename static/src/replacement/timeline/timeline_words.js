/**
 * The axis of a timeline names days and months in the language of the person: the library that
 * draws it knows English alone, Luxon knows them all.
 */
import {user} from "@web/core/user";
import {patch} from "@web/core/utils/patch";
import {TimelineRenderer} from "@web_timeline/views/timeline/timeline_renderer.esm";

const {Info} = luxon;

function speak(language) {
    const days = (length) => {
        const fromMonday = Info.weekdays(length, {locale: language});
        return [fromMonday[6], ...fromMonday.slice(0, 6)];
    };
    vis.moment.defineLocale(language, {
        months: Info.months("long", {locale: language}),
        monthsShort: Info.months("short", {locale: language}),
        weekdays: days("long"),
        weekdaysShort: days("short"),
        weekdaysMin: days("narrow"),
        week: {dow: 1, doy: 4},
    });
}

patch(TimelineRenderer.prototype, {
    init_timeline() {
        const language = user.lang.split("-")[0];
        if (language !== "en") {
            if (!vis.moment.locales().includes(language)) {
                speak(language);
            }
            vis.moment.locale(language);
            this.options.locale = language;
        }
        super.init_timeline();
    },
});
