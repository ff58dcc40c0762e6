"""What every tour of the back office needs."""

from odoo.tools.misc import file_path

# Debian's Odoo leaves this file of `mail` out for its licence: its absence is an error in the
# console, which would fail any tour.
LEFT_OUT = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"


def without_missing_asset(env):
    """Take the file that Debian leaves out of the bundle, where it is missing."""
    try:
        file_path(LEFT_OUT)
    except FileNotFoundError:
        env["ir.asset"].create(
            {
                "name": "Debian: file left out of mail",
                "bundle": "web.assets_backend",
                "directive": "remove",
                "path": LEFT_OUT,
            }
        )
