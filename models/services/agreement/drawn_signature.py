"""The stroke of anyone who signs for the intercommunality in the office."""

import base64
import io

from PIL import Image

MAX_PIXELS = 4_000_000  # far above what the widget of a screen draws


def has_stroke(signature):
    """Whether an image in base64 holds at least a stroke: a browser can send a blank one."""
    try:
        image = Image.open(io.BytesIO(base64.b64decode(signature, validate=True)))
        if image.width * image.height > MAX_PIXELS:
            return False
        ink = image.convert("RGBA")
    except (ValueError, OSError, SyntaxError, Image.DecompressionBombError):
        return False
    paper = Image.new("RGBA", ink.size, "white")
    paper.alpha_composite(ink)
    return paper.convert("L").getextrema()[0] < 255
