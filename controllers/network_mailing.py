"""Leaving the letters: the standard links, but the refusal is a preference of the person, never
an exclusion of the address, which would also stop convocations and answers."""

import werkzeug.urls

from odoo import http
from odoo.http import request
from odoo.tools import email_normalize

from odoo.addons.mass_mailing.controllers.main import MassMailController

from .portal_home import to_id
from .route_access import link_form


class NetworkMailing(MassMailController):
    def _mailing_unsubscribe_from_document(self, mailing, document_id, email, hash_token):
        if not mailing.network_kind:
            return super()._mailing_unsubscribe_from_document(
                mailing, document_id, email, hash_token
            )
        persons = self._get_persons(mailing, document_id, email)
        preferences = persons.env["commune.contact.preference"]
        preferences._set_preference(persons, True, theme=mailing.theme_id)
        return self._render_choice(mailing, document_id, email, hash_token)

    @http.route()
    def mailing_confirm_unsubscribe_post(
        self, mailing_id, document_id=None, email=None, hash_token=None
    ):
        """The button of the confirmation page leads to the addon's page for its own letters."""
        mailing = request.env["mailing.mailing"].sudo().browse(to_id(mailing_id)).exists()
        if mailing.network_kind:
            return self.mailing_unsubscribe(mailing.id, document_id, email, hash_token)
        return super().mailing_confirm_unsubscribe_post(mailing_id, document_id, email, hash_token)

    @link_form("/mailing/<int:mailing_id>/preferences", sets=True)
    def network_preferences(
        self, mailing_id, document_id=None, email=None, hash_token=None, choice=None, **kwargs
    ):
        """What the person receives: these letters, none, or all again."""
        if not hash_token:
            return request.not_found()
        mailing = self._check_mailing_email_token(
            mailing_id, document_id, email, hash_token, required_mailing_id=True
        )
        if not mailing.network_kind:
            return request.not_found()
        persons = self._get_persons(mailing, document_id, email)
        done = False
        if request.httprequest.method == "POST" and persons:
            done = self._apply_choice(persons, mailing.theme_id, choice)
        return self._render_choice(mailing, document_id, email, hash_token, done)

    def _apply_choice(self, persons, theme, choice):
        if choice == "not_theme" and theme:
            persons.env["commune.contact.preference"]._set_preference(persons, True, theme=theme)
        elif choice in ("none", "all"):
            persons.env["commune.contact.preference"]._choose_letters(persons, choice)
        else:
            return False
        return True

    def _get_persons(self, mailing, document_id, email):
        """The recipient, if the address belongs to them or did when the letter was sent."""
        person = request.env["res.partner"].sudo().browse(to_id(str(document_id or ""))).exists()
        known = mailing.mailing_trace_ids.filtered(
            lambda t: t.res_id == person.id and t.email == email_normalize(email or "")
        )
        return (
            person
            if known or person.email_normalized == email_normalize(email or "")
            else (person.browse())
        )

    def _render_choice(self, mailing, document_id, email, hash_token, done=True):
        persons = self._get_persons(mailing, document_id, email)
        letters = persons.env["commune.contact.preference"]._get_letter_choices(persons)
        query = werkzeug.urls.url_encode(
            {"document_id": document_id, "email": email, "hash_token": hash_token}
        )
        return request.render(
            "commune_relations.network_preferences_page",
            {
                "mailing": mailing,
                "action": f"/mailing/{mailing.id}/preferences?{query}",
                "done": done,
                "found": bool(persons),
                "refuses_all": letters["none"],
                "refused_themes": letters["themes"],
                "refuses_some": letters["some"],
                "theme": mailing.theme_id,
                "house": request.env.company._get_organisation_name(),
                "email": email,
            },
        )
