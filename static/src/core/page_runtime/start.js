import {registry} from "@web/core/registry";

/** Start each program on each element that it is for; one that fails does not stop the others. */
async function startOne(Program, element) {
    try {
        const program = new Program(element);
        program.setup();
        await program.willStart();
        program.isReady = true;
        program.listen();
        program.start();
    } catch (error) {
        console.error(error);
    }
}

export function startAll() {
    if (!/(^|;\s)tz=/.test(document.cookie)) {
        const {timeZone} = Intl.DateTimeFormat().resolvedOptions();
        document.cookie = `tz=${timeZone}; path=/`;
    }
    for (const Program of registry.category("public.interactions").values()) {
        document.querySelectorAll(Program.selector).forEach((element) => {
            startOne(Program, element);
        });
    }
    document.documentElement.dataset.programs = "ready";
}

startAll();
