/** Action of a key on the My day page, or null: the letters of both hands, and the arrows. */
export function getAction(page, ev) {
    const key = ev.key.length === 1 ? ev.key.toLowerCase() : ev.key;
    const always = {
        "?": () => (page.state.help = !page.state.help),
        j: () => page.move(1),
        ArrowDown: () => page.move(1),
        k: () => page.move(-1),
        ArrowUp: () => page.move(-1),
        u: () => page.takeBack(),
        r: () => page.load(),
    };
    const line = page.current;
    const ofLine = {
        Enter: () => page.open(line),
        e: () => page.act(line),
        s: () => page.showPanel(line, "snooze"),
        t: () => page.showPanel(line, "give"),
    };
    // A button that has the focus keeps its own Enter.
    const pressed = key === "Enter" && ev.target.closest?.("button, a");
    if (pressed) {
        return null;
    }
    return always[key] || (line && ofLine[key]) || null;
}
