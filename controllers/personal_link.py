"""A personal link opens without account, or in the browser of the person it was made for.

A colleague to whom the letter was forwarded, or an agent who reads it in a queue, is logged in as
somebody else: nothing is shown, nothing is done. Every route of a link asks here, once.
"""

from werkzeug.exceptions import abort

from odoo.http import request

FORBIDDEN = 403
PRIVATE = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}


def private_page(template, values, status=200):
    """Page behind a personal link: neither cached nor indexed by search engines."""
    response = request.render(template, values)
    response.status_code = status
    response.headers.extend(PRIVATE)
    return response


def dead_page(title, reason):
    """Page of a link that is no longer valid: the reason, and whom to contact.

    :param title: what the link was about
    :param reason: a sentence or two, never whose link it was
    """
    values = {"title": title, "reason": reason}
    return private_page("commune_relations.dead_link_page", values, status=404)


def is_own_link(persons):
    """Whether anyone who is at the screen may use a link.

    :param persons: res.partner for whom the link was made; the link of a town hall is for all
        those who act in its name
    """
    user = request.env.user
    if user._is_public() or not persons or user.partner_id in persons:
        return True
    places = persons.filtered("is_company")
    return any(place._get_portal_role(user.partner_id) == "full" for place in places)


def other_person_page():
    """Page for the wrong account.

    It does not name the owner of the link: any user may be logged in.
    """
    values = {"login": request.env.user.login}
    response = private_page("commune_relations.personal_link_other", values, FORBIDDEN)
    response.flatten()  # a page that is raised is not rendered by Odoo
    return response


def open_link(record, persons):
    """Record that a link opens, in the language of its letter; empty for a dead link.

    Aborts with a page that explains it when the link belongs to another person.
    """
    lang = record._get_letter_lang() if record else request.env.lang
    request.update_context(lang=lang)
    if not is_own_link(persons):
        abort(other_person_page())
    return record.with_context(lang=lang)
