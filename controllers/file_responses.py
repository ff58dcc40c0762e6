"""File downloads: generated for this request, or attached to a record.

Each route has checked who asks: nothing is checked here."""

from werkzeug.exceptions import NotFound

from odoo.http import content_disposition, request

PRIVATE = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}


def send_content(content, name, mimetype="application/pdf", inline=False):
    """A file that was just made, saved by the browser or shown by it."""
    disposition = content_disposition(name, "inline" if inline else "attachment")
    return request.make_response(
        content,
        [
            ("Content-Type", mimetype),
            ("Content-Length", len(content)),
            ("Content-Disposition", disposition),
            ("Cache-Control", "no-store"),
        ],
    )


def send_calendar(name, content):
    """An answer that a phone opens in its calendar."""
    return send_content(content, f"{name}.ics", "text/calendar; charset=utf-8")


def send_attachment(attachment):
    """A file of a record: saved, never run by the browser. None: the page does not exist."""
    if not attachment:
        raise NotFound()
    response = request.env["ir.binary"]._get_stream_from(attachment).get_response(True)
    response.headers.extend(PRIVATE)
    return response
