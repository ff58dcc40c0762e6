const DRAG_START = 5; // pixels from which a press is a drag and no longer a click

/**
 * Fingers and mouse on the map: one pointer moves the map when it is zoomed, two zoom it.
 * Between two presses, `dragged` is true when the last one was not a click, and `pointerType` is
 * its device (`mouse`, `touch` or `pen`).
 */
export class MapGestures {
    /**
     * @param {MapViewport} viewport
     * @param {(ev: MouseEvent) => {x: number, y: number}} getPoint pixels in the frame
     */
    constructor(viewport, getPoint) {
        Object.assign(this, {viewport, getPoint, dragged: false, pointerType: "mouse"});
        this.pointers = new Map();
    }

    start(ev) {
        if (!this.pointers.size) {
            this.dragged = false;
        }
        this.pointerType = ev.pointerType;
        this.pointers.set(ev.pointerId, this.getPoint(ev));
    }

    isPressed(ev) {
        return this.pointers.has(ev.pointerId);
    }

    end(ev) {
        this.pointers.delete(ev.pointerId);
    }

    /** @returns {boolean} whether the map moved */
    move(ev) {
        const before = this.pointers.get(ev.pointerId);
        const point = this.getPoint(ev);
        const other = [...this.pointers].find(([id]) => id !== ev.pointerId)?.[1];
        if (other) {
            const distance = (p) => Math.hypot(p.x - other.x, p.y - other.y) || 1;
            const middle = {x: (point.x + other.x) / 2, y: (point.y + other.y) / 2};
            this.viewport.zoomBy(distance(point) / distance(before), middle.x, middle.y);
        } else {
            const shift = {x: point.x - before.x, y: point.y - before.y};
            const small = !this.dragged && Math.hypot(shift.x, shift.y) < DRAG_START;
            if (this.viewport.zoom === 1 || small) {
                return false;
            }
            ev.currentTarget.setPointerCapture(ev.pointerId);
            this.viewport.moveBy(shift.x, shift.y);
        }
        this.dragged = true;
        this.pointers.set(ev.pointerId, point);
        return true;
    }

    wheel(ev) {
        if (ev.ctrlKey || ev.metaKey) {
            ev.preventDefault();
            const {x, y} = this.getPoint(ev);
            this.viewport.zoomBy(ev.deltaY < 0 ? 1.25 : 0.8, x, y);
        }
    }
}
