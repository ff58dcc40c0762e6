import {Component, onMounted, onWillUnmount, useEffect, useRef, useState} from "@odoo/owl";
import {CommuneMapCard} from "./map_card";
import {classOf, describe, fillOf} from "./map_figures";
import {MapGestures} from "./map_gestures";
import {MapViewport, isDirection, neighbour, pathWidth, placeLabels} from "./map_viewport";

const MAX_HEIGHT = 0.74; // of the window
const MIN_HEIGHT = 240; // pixels
const ZOOM_STEP = 1.6;
const LABEL_FONT = "500 12px"; // as in map_canvas.scss

/** The drawing: contours in their colours, names, zoom, and the card of the current commune. */
export class CommuneMapCanvas extends Component {
    static template = "commune_relations.CommuneMapCanvas";
    static components = {CommuneMapCard};
    static props = {
        label: String,
        width: Number,
        height: Number,
        communes: Array,
        measures: Array,
        measure: Object,
        // ids of the communes that the legend or the search pick out; null for all
        picked: {type: [Set, {value: null}]},
        activeId: {type: [Number, {value: null}]},
        onActivate: Function,
        onOpen: Function,
    };

    setup() {
        this.root = useRef("root");
        this.viewport = useState(new MapViewport(this.props.width, this.props.height));
        // card: which commune, and where; pinned: opened by a tap, it stays and has a button
        this.state = useState({card: null, pinned: false, focusedId: null});
        this.close = this.close.bind(this);
        this.gestures = new MapGestures(this.viewport, (ev) => this.getPoint(ev));
        this.textWidths = new Map();
        const observer = new ResizeObserver(() => this.fit());
        onMounted(() => {
            this.fit();
            observer.observe(this.root.el);
        });
        onWillUnmount(() => observer.disconnect());
        useEffect(
            (width, height) => {
                Object.assign(this.viewport, {width, height, zoom: 1});
                this.fit();
            },
            () => [this.props.width, this.props.height]
        );
        useEffect(
            (activeId) => {
                if (activeId === null) {
                    this.hideCard();
                }
            },
            () => [this.props.activeId]
        );
    }

    fit() {
        const width = this.root.el.clientWidth;
        const ratio = this.props.height / this.props.width;
        const height = Math.min(width * ratio, window.innerHeight * MAX_HEIGHT);
        this.viewport.resize(width, Math.round(Math.max(height, MIN_HEIGHT)));
    }

    // rendering

    get drawn() {
        return this.props.communes.filter((commune) => commune.path);
    }

    /** The communes that are not dimmed. */
    get reachable() {
        const {picked} = this.props;
        return picked ? this.drawn.filter(({id}) => picked.has(id)) : this.drawn;
    }

    /** The commune with a ring around it: under the pointer, or else the one with the focus. */
    get active() {
        const id = this.props.activeId ?? this.state.focusedId;
        return this.drawn.find((commune) => commune.id === id);
    }

    /** A row of the table shows its commune on the map without a card. */
    get hasCard() {
        return Boolean(this.active) && this.state.card?.id === this.props.activeId;
    }

    get labels() {
        if (!this.viewport.scale) {
            return []; // not on the page yet
        }
        const candidates = this.reachable
            .map((commune) => ({...commune, width: pathWidth(commune.path)}))
            .sort((a, b) => (b.values.population || 0) - (a.values.population || 0));
        return placeLabels(candidates, this.viewport, (text) => this.measureText(text));
    }

    measureText(text) {
        if (!this.textWidths.has(text)) {
            this.pen ||= document.createElement("canvas").getContext("2d");
            this.pen.font = `${LABEL_FONT} ${getComputedStyle(this.root.el).fontFamily}`;
            this.textWidths.set(text, this.pen.measureText(text).width);
        }
        return this.textWidths.get(text);
    }

    getClass(commune) {
        const {measure, picked} = this.props;
        const dimmed = picked && !picked.has(commune.id) ? " o_cm_dimmed" : "";
        return `o_cm_commune ${fillOf(measure, classOf(measure, commune))}${dimmed}`;
    }

    /** Odoo rewrites addresses in style sheets: the one of the hatching is given here. */
    getStyle(commune) {
        const none = classOf(this.props.measure, commune).color_index === null;
        return none ? "fill: url(#o_cm_hatch)" : "";
    }

    getDescription(commune) {
        return describe(this.props.measure, commune);
    }

    /** Position of the card: on the side of the commune that has more room. */
    get cardStyle() {
        const {x, y} = this.state.card;
        const {frameWidth, frameHeight} = this.viewport;
        const horizontal =
            x > frameWidth / 2 ? `right:${frameWidth - x + 16}px` : `left:${x + 16}px`;
        const vertical =
            y > frameHeight / 2 ? `bottom:${frameHeight - y + 12}px` : `top:${y + 12}px`;
        return `${horizontal};${vertical}`;
    }

    // the card

    showCard(commune, point, pinned = false) {
        Object.assign(this.state, {card: {id: commune.id, ...point}, pinned});
        this.props.onActivate(commune.id);
    }

    hideCard() {
        Object.assign(this.state, {card: null, pinned: false});
    }

    close() {
        this.hideCard();
        this.props.onActivate(null);
    }

    // pointer

    getCommune(target) {
        const id = Number(target.closest?.("[data-commune-id]")?.dataset.communeId);
        return this.drawn.find((commune) => commune.id === id);
    }

    getPoint(ev) {
        const frame = this.root.el.getBoundingClientRect();
        return {x: ev.clientX - frame.left, y: ev.clientY - frame.top};
    }

    onPointerMove(ev) {
        if (this.gestures.isPressed(ev)) {
            if (this.gestures.move(ev)) {
                this.hideCard();
            }
        } else if (ev.pointerType !== "touch" && !this.state.pinned) {
            this.hover(ev);
        }
    }

    hover(ev) {
        const commune = this.getCommune(ev.target);
        if (commune) {
            this.showCard(commune, this.getPoint(ev));
        } else if (this.state.card) {
            this.close();
        }
    }

    onPointerLeave(ev) {
        this.gestures.end(ev);
        if (ev.pointerType !== "touch" && !this.state.pinned) {
            this.close();
        }
    }

    onClick(ev) {
        const commune = this.getCommune(ev.target);
        if (this.gestures.dragged) {
            return;
        }
        if (!commune) {
            this.close();
        } else if (this.gestures.pointerType === "touch") {
            this.showCard(commune, this.getPoint(ev), true);
        } else {
            this.props.onOpen(commune.id);
        }
    }

    zoomIn() {
        this.viewport.zoomBy(ZOOM_STEP);
    }

    zoomOut() {
        this.viewport.zoomBy(1 / ZOOM_STEP);
    }

    // keyboard

    onFocusIn(ev) {
        const commune = this.getCommune(ev.target);
        if (commune && ev.target.matches(":focus-visible")) {
            this.viewport.reveal(commune);
            this.state.focusedId = commune.id;
            this.showCard(commune, this.viewport.place(commune));
        }
    }

    onFocusOut() {
        this.state.focusedId = null;
        if (!this.state.pinned) {
            this.close();
        }
    }

    onKeydown(ev) {
        const commune = this.getCommune(ev.target);
        if (!commune) {
            return;
        }
        if (isDirection(ev.key)) {
            ev.preventDefault();
            const next = neighbour(this.reachable, commune, ev.key);
            if (next) {
                this.root.el.querySelector(`[data-commune-id="${next.id}"]`).focus();
            }
        } else if (ev.key === "Enter" || ev.key === " ") {
            ev.preventDefault();
            this.props.onOpen(commune.id);
        } else if (ev.key === "Escape" && this.state.card) {
            ev.stopPropagation();
            this.close();
        }
    }
}
