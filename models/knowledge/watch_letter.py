"""The letter of the watch: one for each person, with the items that concern their communes."""

import re

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..core.display_notification import display_notification
from ..core.row_lock import lock_rows
from ..core.window_actions import open_record
from ..territory.mandate.mandate import OPENING

# Where the items of the person come in the letter; written alone in its paragraph.
PLACE = "{veille}"
PARAGRAPH = re.compile(r"<p\b[^<>]{0,500}>\s{0,50}\{veille\}\s{0,50}</p>")
READY = ("validated", "distributed")


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    watch_item_ids = fields.Many2many(
        "commune.watch.item",
        "commune_mailing_watch_item_rel",
        string="Items of the watch",
        copy=False,
        help="Each person receives those that concern their communes.",
    )

    def _detect_changed_items(self, vals):
        """Other items than those that were approved: approved again."""
        pending = self.filtered(lambda one: one.state in ("draft", "in_queue"))
        touched = pending.filtered(lambda one: one.approval_state == "approved")
        yield
        touched._ask_again()

    def _get_broadcast_text(self):
        items = self.sudo().watch_item_ids.sorted("id")
        return "\n".join([super()._get_broadcast_text(), *(item.name for item in items)])

    def _plan_recipients(self):
        """Nobody receives a letter of the watch in which nothing is for them."""
        plan = super()._plan_recipients()
        letter = self.sudo()  # who sends a letter may not open its items
        if not letter.watch_item_ids:
            return plan
        items = letter._get_items_by_person(list(plan))
        return {person: how for person, how in plan.items() if items[person]}

    def _get_items_by_person(self, ids):
        """{id of a person: the items for them}, as superuser, in a few queries whatever the number.

        An item is for anyone who holds a mandate or a post in a commune that it concerns, or in the
        intercommunality; not for who refuses all its topics. Persons put by hand in an audience,
        without a mandate, receive all.
        """
        ready = self.watch_item_ids.filtered(lambda one: one.state in READY)
        items = ready.sorted(lambda one: (one.date, one.id), reverse=True)
        concerned = {item: set(communes.ids) for item, communes in items._get_concerned().items()}
        places, refused = self._get_places(ids), self._get_refused_topics(ids)
        found = {}
        for person in ids:
            held = places.get(person)
            found[person] = items.filtered(
                lambda item, held=held, person=person: (
                    (not held or None in held or bool(held & concerned[item]))
                    and not self._refuses(item, refused.get(person, ()))
                )
            )
        return found

    @api.model
    def _get_places(self, ids):
        """{id of a person: ids of the communes where they act; None for the intercommunality}."""
        mandates = self.env["commune.mandate"].search_fetch(
            Domain(OPENING) & Domain("partner_id", "in", ids), ["partner_id", "commune_id"]
        )
        places = {}
        for mandate in mandates:
            place = mandate.commune_id
            places.setdefault(mandate.partner_id.id, set()).add(
                place.id if place.is_commune else None
            )
        return places

    @api.model
    def _get_refused_topics(self, ids):
        """{id of a person: ids of the topics on which they want no letter}."""
        refused = {}
        domain = Domain("partner_id", "in", ids) & Domain("opt_out", "=", True)
        domain &= Domain("theme_id", "!=", False)
        Preference = self.env["commune.contact.preference"]
        for preference in Preference.search_fetch(domain, ["partner_id", "theme_id"]):
            refused.setdefault(preference.partner_id.id, set()).add(preference.theme_id.id)
        return refused

    def _refuses(self, item, themes):
        topics = item.topic_ids
        return bool(topics) and all(
            {topic.id, topic.parent_id.id} & set(themes) for topic in topics
        )

    def _action_send_mail(self, res_ids=None):
        """What leaves by a letter that was approved is on the portal too."""
        for mailing in self:
            items = mailing.sudo().watch_item_ids  # who sends a letter may not write its items
            if not items:
                continue
            mailing._check_approved()
            ready = items.filtered(lambda one: one.state == "validated")
            ready.write({"state": "distributed", "distributed_date": fields.Datetime.now()})
        return super()._action_send_mail(res_ids=res_ids)

    def _render_field(self, field, res_ids, *args, **kwargs):
        """What is read in the browser is what the person received."""
        rendered = super()._render_field(field, res_ids, *args, **kwargs)
        letter = self.sudo()
        if field != "body_html" or len(letter) != 1 or not letter.watch_item_ids:
            return rendered
        return letter._put_items(rendered)

    def _put_items(self, bodies):
        """The same texts, as superuser, each with the items of its person; one rendering for each
        set of items.

        :param bodies: {id of a person: HTML}
        """
        blocks, filled = {}, {}
        for person, items in self._get_items_by_person(list(bodies)).items():
            if items not in blocks:
                blocks[items] = self._render_items(items)
            block = blocks[items]
            body = PARAGRAPH.sub(lambda _found, block=block: block, str(bodies[person] or ""))
            filled[person] = Markup(body.replace(PLACE, ""))  # nosec B704
        return filled

    def _render_items(self, items):
        company = self.env.company
        lang = company._get_organisation_lang()
        local = items.with_context(lang=lang)
        day = company.with_context(lang=lang)._format_document_date
        lines = [
            {
                "item": item,
                "url": f"{company.get_base_url()}/my/watch/{item.id}",
                "before": item.next_date and day(item.next_date),
            }
            for item in local
        ]
        values = {"lines": lines, "color": company._get_document_colors()["primary"]}
        qweb = self.env["ir.qweb"].with_context(lang=lang)
        return str(qweb._render("commune_relations.watch_digest_items", values, lang=lang))


class MailComposeMessage(models.TransientModel):
    _inherit = "mail.compose.message"

    def _prepare_mail_values(self, res_ids):
        values = super()._prepare_mail_values(res_ids)
        mailing = self.mass_mailing_id.sudo()
        if not mailing.watch_item_ids:
            return values
        for name in ("body_html", "body"):
            bodies = {one: mail[name] for one, mail in values.items() if mail.get(name)}
            for person, body in mailing._put_items(bodies).items():
                values[person][name] = body
        return values


class CommuneWatchItem(models.Model):
    _inherit = "commune.watch.item"

    letter_ids = fields.Many2many(
        "mailing.mailing",
        "commune_mailing_watch_item_rel",
        "commune_watch_item_id",
        "mailing_mailing_id",
        string="Letters of the watch",
    )

    def action_prepare_digest(self):
        """The letter of the watch with these items: the one in preparation, else a new one."""
        self.check_access("write")
        ready = self.filtered(lambda one: one.state in READY)
        if not ready:
            raise UserError(self.env._("Only what a colleague has validated is in the letter."))
        lock_rows(ready)
        Mailing = self.env["mailing.mailing"]
        begun = Mailing.search(
            [("watch_item_ids", "!=", False), ("approval_state", "=", "draft")], limit=1
        )
        if begun:
            more = ready - begun.watch_item_ids
            begun.write({"watch_item_ids": [fields.Command.link(one) for one in more.ids]})
            message = self.env._(
                "A letter was in preparation: %(new)s more, %(all)s in all.",
                new=len(more),
                all=len(begun.watch_item_ids),
            )
            return display_notification(message, following=open_record(begun))
        return open_record(ready._make_digest())

    def _make_digest(self):
        Mailing = self.env["mailing.mailing"]
        company = self.env.company
        lang = company._get_organisation_lang()
        values = {
            "color": company._get_document_colors()["primary"],
            "house": company._get_organisation_name(),
            "foot": company.with_context(lang=lang)._get_organisation_footer(),
            "base_url": company.get_base_url(),
            "place": PLACE,
        }
        qweb = self.env["ir.qweb"].with_context(lang=lang)
        body = qweb._render("commune_relations.watch_digest_letter", values, lang=lang)
        today = company.with_context(lang=lang)._format_document_date(company._get_today())
        audience = self.env.ref("commune_relations.audience_mayors", raise_if_not_found=False)
        heads = self.env.ref("commune_relations.audience_dgs_secretaries", raise_if_not_found=False)
        chosen = [one.id for one in (audience, heads) if one and one.active]
        return Mailing.create(
            {
                **Mailing._prepare_letter("watch"),
                "subject": self.with_context(lang=lang).env._("Letter of the watch, %s", today),
                "body_arch": body,
                "body_html": body,
                "audience_ids": chosen,
                "watch_item_ids": self.ids,
            }
        )
