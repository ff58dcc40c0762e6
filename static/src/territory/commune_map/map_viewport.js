/**
 * From the units of the drawing to pixels: zoom, labels, neighbours. No DOM here.
 */
import {clamp} from "@web/core/utils/numbers";

const MAX_ZOOM = 12;
const LABEL_LINE = 13; // pixels from one line of a name to the next
const LABEL_SPILL = 1.3; // a name may be this much wider than its commune

/** The part of the drawing that is shown, in a frame of `frameWidth` × `frameHeight` pixels. */
export class MapViewport {
    /**
     * @param {number} width size of the drawing, in its own units
     * @param {number} height
     */
    constructor(width, height) {
        Object.assign(this, {width, height, zoom: 1, x: 0, y: 0, frameWidth: 0, frameHeight: 0});
    }

    get scale() {
        return (
            Math.min(this.frameWidth / this.width, this.frameHeight / this.height) * this.zoom || 0
        );
    }

    get transform() {
        return `translate(${this.x.toFixed(1)} ${this.y.toFixed(1)}) scale(${this.scale.toFixed(5)})`;
    }

    resize(frameWidth, frameHeight) {
        Object.assign(this, {frameWidth, frameHeight});
        this.moveBy(0, 0);
    }

    /** Zoom so that the point of the frame under (px, py) stays where it is. */
    zoomBy(factor, px = this.frameWidth / 2, py = this.frameHeight / 2) {
        const before = this.scale;
        this.zoom = clamp(this.zoom * factor, 1, MAX_ZOOM);
        const ratio = this.scale / before;
        this.x = px - (px - this.x) * ratio;
        this.y = py - (py - this.y) * ratio;
        this.moveBy(0, 0);
    }

    reset() {
        this.zoom = 1;
        this.moveBy(0, 0);
    }

    /** Move the drawing, which never leaves the frame. */
    moveBy(dx, dy) {
        const within = (start, size, frame) =>
            size <= frame ? (frame - size) / 2 : clamp(start, frame - size, 0);
        this.x = within(this.x + dx, this.width * this.scale, this.frameWidth);
        this.y = within(this.y + dy, this.height * this.scale, this.frameHeight);
    }

    /** Pixels of a point of the drawing. */
    place({x, y}) {
        return {x: x * this.scale + this.x, y: y * this.scale + this.y};
    }

    /** Bring a point of the drawing inside the frame. */
    reveal(point) {
        const {x, y} = this.place(point);
        const margin = Math.min(40, this.frameWidth / 4, this.frameHeight / 4);
        const shift = (value, frame) => clamp(value, margin, frame - margin) - value;
        this.moveBy(shift(x, this.frameWidth), shift(y, this.frameHeight));
    }
}

const pathWidths = new Map();

/** Width of a path of the drawing, in its units; computed once. */
export function pathWidth(path) {
    if (!pathWidths.has(path)) {
        const xs = [...path.matchAll(/(-?[\d.]+),-?[\d.]+/g)].map(([, x]) => Number(x));
        pathWidths.set(path, Math.max(...xs) - Math.min(...xs));
    }
    return pathWidths.get(path);
}

/** A long name in two lines, cut after the hyphen or space nearest to its middle. */
function splitName(name) {
    const cuts = [...name.matchAll(/[-\s]/g)].map((match) => match.index + 1);
    if (!cuts.length || name.length < 11) {
        return null;
    }
    const middle = name.length / 2;
    const cut = cuts.reduce((a, b) => (Math.abs(a - middle) <= Math.abs(b - middle) ? a : b));
    return [name.slice(0, cut).trim(), name.slice(cut)];
}

/**
 * The names that can be written without overlap, largest communes
 * first.
 * @param {Object[]} communes with x, y and width in units of the drawing, in order of priority
 * @param {MapViewport} viewport
 * @param {(text: string) => number} measureText width of a text in pixels
 */
export function placeLabels(communes, viewport, measureText) {
    const labels = [];
    for (const commune of communes) {
        const {x, y} = viewport.place(commune);
        if (x < 0 || y < 0 || x > viewport.frameWidth || y > viewport.frameHeight) {
            continue;
        }
        const room = commune.width * viewport.scale * LABEL_SPILL;
        const fits = [[commune.name], splitName(commune.name)]
            .filter(Boolean)
            .map((lines) => ({lines, width: Math.max(...lines.map(measureText)) + 6}))
            .filter(({width}) => width <= room);
        for (const {lines, width} of fits) {
            const half = {x: width / 2, y: (lines.length * LABEL_LINE) / 2 + 1};
            const at = {
                x: clamp(x, half.x, Math.max(half.x, viewport.frameWidth - half.x)),
                y: clamp(y, half.y, Math.max(half.y, viewport.frameHeight - half.y)),
            };
            const free = labels.every(
                (other) =>
                    Math.abs(other.x - at.x) >= other.half.x + half.x ||
                    Math.abs(other.y - at.y) >= other.half.y + half.y
            );
            if (free) {
                const top = at.y - ((lines.length - 1) * LABEL_LINE) / 2;
                const texts = lines.map((text, index) => ({text, y: top + index * LABEL_LINE}));
                labels.push({id: commune.id, ...at, half, lines: texts});
                break;
            }
        }
    }
    return labels;
}

const DIRECTIONS = {
    ArrowRight: ["x", 1],
    ArrowLeft: ["x", -1],
    ArrowDown: ["y", 1],
    ArrowUp: ["y", -1],
};

export function isDirection(key) {
    return key in DIRECTIONS;
}

/** The next commune in the direction of an arrow key; undefined at the edge of the map. */
export function neighbour(communes, from, key) {
    const [axis, sign] = DIRECTIONS[key];
    const other = axis === "x" ? "y" : "x";
    let best;
    let shortest = Infinity;
    for (const commune of communes) {
        const along = (commune[axis] - from[axis]) * sign;
        const distance = along + 2 * Math.abs(commune[other] - from[other]);
        if (along > 0 && distance < shortest) {
            best = commune;
            shortest = distance;
        }
    }
    return best;
}
