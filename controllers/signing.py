"""Last step of a signature on the portal: confirmation of content, party and capacity."""

from odoo.http import request

from .portal_home import PortalCommune

OWN = ("csrf_token", "form_key", "confirmed")


class PortalSigning(PortalCommune):
    """Base of the controllers of what is signed on the portal."""

    def _is_confirmed(self):
        """Whether the person has read what is about to be signed, and signs."""
        return request.httprequest.form.get("confirmed") == "1"

    def _render_confirmation(self, rows, back, **values):
        """Page shown before the signature: its button posts the same values again.

        :param rows: list of (label, text)
        :param back: address of the page that corrects them
        """
        form = request.httprequest.form
        sent = [(name, value) for name, value in form.items(multi=True) if name not in OWN]
        values = {**values, "rows": rows, "sent": sent, "back": back}
        return self._render_page("signing_confirm", values)
