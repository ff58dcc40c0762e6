/**
 * The date and the place that a photo carries, and nothing else of what the camera wrote (its
 * maker, its number, its owner, a small picture of the whole): "Exif", CIPA DC-008, part 4.
 */
const EXIF = 0x45786966;
// Bytes of a value, by its type.
const SIZES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];
const POINTERS = {exif: 0x8769, gps: 0x8825};
const KEPT = {
    // When it was taken, and the time zone of that hour.
    exif: [0x9003, 0x9011],
    // Version, latitude, longitude, what they are measured from.
    gps: [0x00, 0x01, 0x02, 0x03, 0x04, 0x12],
};

/** What the camera wrote in a JPEG, from its byte order on; null when it wrote nothing. */
function findNotes(view) {
    let at = 2;
    while (at + 10 < view.byteLength && view.getUint8(at) === 0xff) {
        const [mark, size] = [view.getUint8(at + 1), view.getUint16(at + 2)];
        if (mark === 0xe1 && view.getUint32(at + 4) === EXIF) {
            return new DataView(view.buffer, at + 10, size - 8);
        }
        if (mark === 0xda) {
            break;
        }
        at += 2 + size;
    }
    return null;
}

function readTable(notes, start, little) {
    const found = new Map();
    for (let rank = 0; rank < notes.getUint16(start, little); rank++) {
        const at = start + 2 + 12 * rank;
        const type = notes.getUint16(at + 2, little);
        const count = notes.getUint32(at + 4, little);
        const size = (SIZES[type] || 0) * count;
        const place = size > 4 ? notes.getUint32(at + 8, little) : at + 8;
        const bytes = new Uint8Array(notes.buffer, notes.byteOffset + place, size);
        found.set(notes.getUint16(at, little), {type, count, bytes});
    }
    return found;
}

/** @param {Array} entries pairs (tag, value), by tag; start: offset of the table */
function writeTable(entries, start, little) {
    const fixed = 2 + 12 * entries.length + 4;
    const long = ({bytes}) => (bytes.length > 4 ? bytes.length + (bytes.length % 2) : 0);
    const written = new Uint8Array(entries.reduce((sum, [, value]) => sum + long(value), fixed));
    const view = new DataView(written.buffer);
    view.setUint16(0, entries.length, little);
    let room = fixed;
    entries.forEach(([tag, value], rank) => {
        const at = 2 + 12 * rank;
        view.setUint16(at, tag, little);
        view.setUint16(at + 2, value.type, little);
        view.setUint32(at + 4, value.count, little);
        if (long(value)) {
            view.setUint32(at + 8, start + room, little);
            written.set(value.bytes, room);
            room += long(value);
        } else {
            written.set(value.bytes, at + 8);
        }
    });
    return written;
}

/** The same notes with the date and the place alone; null when there is neither. */
function keepPlace(notes) {
    const little = notes.getUint16(0) === 0x4949;
    const main = readTable(notes, notes.getUint32(4, little), little);
    const tables = [];
    for (const [name, tags] of Object.entries(KEPT)) {
        const pointer = main.get(POINTERS[name]);
        if (pointer) {
            const start = new DataView(notes.buffer, pointer.bytes.byteOffset).getUint32(0, little);
            const values = readTable(notes, start, little);
            const entries = tags.filter((tag) => values.has(tag)).map((t) => [t, values.get(t)]);
            tables.push({tag: POINTERS[name], entries});
        }
    }
    const kept = tables.filter(({entries}) => entries.length);
    if (!kept.length) {
        return null;
    }
    let start = 8 + 2 + 12 * kept.length + 4;
    const pointers = [];
    const parts = [];
    for (const {tag, entries} of kept) {
        const bytes = new Uint8Array(4);
        new DataView(bytes.buffer).setUint32(0, start, little);
        pointers.push([tag, {type: 4, count: 1, bytes}]);
        parts.push(writeTable(entries, start, little));
        start += parts.at(-1).length;
    }
    const head = new Uint8Array(8);
    const view = new DataView(head.buffer);
    view.setUint16(0, little ? 0x4949 : 0x4d4d);
    view.setUint16(2, 42, little);
    view.setUint32(4, 8, little);
    return new Blob([head, writeTable(pointers, 8, little), ...parts]);
}

/**
 * A JPEG with the date and the place of another one; unchanged when the other has no readable
 * metadata.
 * @param {File} original
 * @param {Blob} reduced
 */
export async function withPlace(original, reduced) {
    try {
        const notes = findNotes(new DataView(await original.arrayBuffer()));
        const kept = notes && keepPlace(notes);
        if (!kept) {
            return reduced;
        }
        const head = new Uint8Array(12);
        const view = new DataView(head.buffer);
        view.setUint32(0, 0xffd8ffe1);
        view.setUint16(4, 2 + 6 + kept.size);
        view.setUint32(6, EXIF);
        return new Blob([head, kept, reduced.slice(2)], {type: reduced.type});
    } catch {
        return reduced;
    }
}
