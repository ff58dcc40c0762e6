import {withPlace} from "./portal_photo_place";

// Of a photo that leaves: read on a screen, printed on half a page.
const LONGEST_SIDE = 1600;
const QUALITY = 0.8;

export function isPhoto({name, type}) {
    return type.startsWith("image/") || /\.hei[cf]$/i.test(name);
}

function draw(bitmap) {
    const ratio = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(bitmap.width * ratio));
    canvas.height = Math.max(1, Math.round(bitmap.height * ratio));
    const context = canvas.getContext("2d");
    // What is transparent would be black.
    context.fillStyle = "#fff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.imageSmoothingQuality = "high";
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
}

/**
 * A photo as it leaves: smaller, the right way up, without what the camera wrote in it. One that
 * the browser cannot read (HEIC, often) leaves as it is.
 * @param {File} file
 * @param {boolean} keepsPlace whether the person wants its date and its place to stay
 * @returns {Promise<{name: string, blob: Blob, isReduced: boolean}>}
 */
export async function reducePhoto(file, keepsPlace) {
    let blob = null;
    try {
        const bitmap = await createImageBitmap(file, {imageOrientation: "from-image"});
        blob = await draw(bitmap);
        bitmap.close();
    } catch {
        // Not an image for this browser.
    }
    if (!blob) {
        return {name: file.name, blob: file, isReduced: false};
    }
    const name = `${file.name.replace(/\.[^.]*$/, "")}.jpg`;
    return {name, blob: keepsPlace ? await withPlace(file, blob) : blob, isReduced: true};
}
