/**
 * A name that nothing else bears: `crypto.randomUUID` is missing where the page does not come by
 * https.
 */
export function makeUid() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
