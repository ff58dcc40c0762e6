"""Deliberation pack of an agreement: what an assembly needs to vote, sent at once."""

from odoo import fields, models
from odoo.exceptions import RedirectWarning, UserError
from odoo.fields import Domain

from ....engine import docx_export
from ...core.attach import attach_files
from ...core.display_notification import display_notification
from ...core.inside import Inside, get_inside, is_inside
from ...core.letter import LAYOUT
from ...territory.mandate.mandate import PORTAL_ACCESS

PDF = "application/pdf"
MOST_PACKS = 25  # five files each: more would outlive the time that a server gives to a page


class Agreement(models.Model):
    _inherit = "agreement"

    pack_date = fields.Date(
        string="Pack sent on",
        readonly=True,
        copy=False,
        tracking=True,
        help="Day on which the commune received what its council needs to vote.",
    )
    pack_attachment_ids = fields.Many2many(
        "ir.attachment",
        "agreement_pack_attachment_rel",
        string="Deliberation pack",
        readonly=True,
        copy=False,
        groups="base.group_user",
        bypass_search_access=True,
    )
    pack_outdated = fields.Boolean(
        string="Changed since the documents were sent",
        readonly=True,
        copy=False,
        groups="base.group_user",
    )

    def _mark_pack_outdated(self, vals):
        """An assembly votes on the text that it read: a change made afterwards has to be seen."""
        outdated = self.filtered(lambda a: a.state == "draft" and a.pack_date)
        yield
        if outdated:
            outdated.sudo().write({"pack_outdated": True})

    # what it holds

    def action_prepare_pack(self):
        """Render the documents, to be read before they are sent."""
        self.check_access("write")
        for agreement in self:
            self.env["commune.agreement.pack"]._check_ready_to_vote(agreement)
            self.env["commune.agreement.pack"]._render_pack(agreement)
        return True

    def action_send_pack(self):
        """Render the current documents, and write to those who act for the commune."""
        self.check_access("write")
        for agreement in self:
            self.env["commune.agreement.pack"]._check_ready_to_vote(agreement)
        people = self.env["commune.agreement.pack"]._get_acting_people(self)
        deaf = self.filtered(lambda a: not people[a.id])
        if deaf:
            raise UserError(self.env["commune.agreement.pack"]._get_deaf_sentence(deaf))
        for agreement in self:
            self.env["commune.agreement.pack"]._render_pack(agreement)
        self.sudo().write({"pack_date": self.env.company._get_today(), "pack_outdated": False})
        self.env["commune.agreement.pack"]._write_to_acting_people(
            self, "mail_template_agreement_pack"
        )
        return True

    def action_send_packs(self):
        """Send the packs of the selected drafts, up to a limit per call."""
        self.check_access("write")
        drafts = self.filtered(lambda a: a.state == "draft" and a.commune_id)
        if not drafts:
            raise UserError(self.env._("None of these conventions is a draft."))
        if len(drafts) > MOST_PACKS:
            raise UserError(self.env._("At most %s conventions at once.", MOST_PACKS))
        refused = self.env["commune.agreement.pack"]._get_unready(drafts)
        ready = drafts - self.browse(refused)
        if not ready:
            raise UserError("\n".join(refused.values()))
        ready.action_send_pack()
        message = self.env._("Packs sent to the communes: %s.", len(ready))
        if refused:
            message = f"{message} {self.env._('Not sent:')} {' '.join(refused.values())}"
        return display_notification(message, refused)

    def action_print_epci_vote(self):
        """One draft deliberation of the intercommunality for all the selected agreements."""
        self.check_access("read")
        managed = self.filtered("commune_id")
        if not managed:
            raise UserError(self.env._("Choose conventions with communes."))
        for agreement in managed.filtered(lambda a: a.state == "draft"):
            agreement._check_forecasts()
        report = self.env.ref("commune_relations.agreement_epci_vote_report")
        return report.report_action(managed[:1], data={"agreement_ids": managed.ids}, config=False)

    def _get_letters_owner(self):
        owner = self.user_id
        staff = owner.active and not owner.share
        return owner if staff else self.env.company._get_service_manager()

    def _get_letter_recipients(self):
        """Ids of the persons of a letter, as a template takes them."""
        self.ensure_one()
        known = get_inside(self.env, "letter_people", {})
        ids = (
            known.get(self.id)
            or self.env["commune.agreement.pack"]._get_acting_people(self)[self.id].ids
        )
        return ",".join(map(str, ids))

    def _get_portal_link(self):
        return f"{self.get_base_url()}/my/agreements/{self.id}"

    def _get_portal_list_link(self):
        return f"{self.get_base_url()}/my/agreements"


class CommuneAgreementPack(models.AbstractModel):
    _name = "commune.agreement.pack"
    _description = "Documents sent to a commune for its vote, and letters on its agreement"

    def _get_unready(self, agreements):
        """{agreement id: why its pack cannot be sent}: the others do not wait for it."""
        people, refused = self._get_acting_people(agreements), {}
        for agreement in agreements:
            try:
                self._check_ready_to_vote(agreement)
            except (UserError, RedirectWarning) as error:
                refused[agreement.id] = error.args[0]
            else:
                if not people[agreement.id]:
                    refused[agreement.id] = self._get_deaf_sentence(agreement)
        return refused

    def _get_deaf_sentence(self, agreements):
        return self.env._(
            "Nobody of %s can be written to: add an e-mail address to the mayor or to the"
            " secretary, or print the pack.",
            ", ".join(agreements.mapped("commune_id.name")),
        )

    def _check_ready_to_vote(self, agreement):
        """:raise UserError: what an assembly votes on is not written yet
        :raise RedirectWarning: the same, with the record on which it is written
        """
        agreement.ensure_one()
        agreement._check_state("draft")
        needed = ["commune_id", "legal_basis_id", "offer_ids", "start_date"]
        missing = agreement._get_missing_labels(needed + agreement._get_needed_opinions())
        if missing:
            raise UserError(
                self.env._(
                    "“%(name)s”: before the vote, fill in: %(fields)s.",
                    name=agreement.display_name,
                    fields=", ".join(missing),
                )
            )
        self.env["commune.agreement.document"]._check_vote_filled(agreement)
        agreement._check_forecasts()
        agreement._check_bases_read()

    def _render_pack(self, agreement):
        """Replace documents that were only previewed; those sent are kept."""
        agreement.ensure_one()
        kept = agreement.sudo()  # nobody writes the files of a pack by hand
        unsent = kept.pack_attachment_ids if not agreement.pack_date else False
        # Odoo shows the last one first.
        attachments = attach_files(agreement, reversed(self._make_pack(kept)))
        kept.pack_attachment_ids = attachments
        if unsent:
            unsent.unlink()
        if notice := self.env.company._get_word_notice():
            agreement.message_post(body=notice)

    def _make_pack(self, agreement):
        """Documents of the pack: draft deliberations, agreement, impact sheet, statement.

        :param agreement: as superuser
        :return: list of (name of the file, bytes, MIME type)
        """
        agreement.ensure_one()
        draft = agreement.with_context(lang=self.env.company._get_organisation_lang())
        pack = draft.env["commune.agreement.pack"]
        documents = [
            (draft.env._("1 Draft deliberation of the commune"), "commune_vote"),
            (draft.env._("2 Draft deliberation of the intercommunality"), "epci_vote"),
            (draft.env._("3 Draft convention"), "agreement"),
        ]
        if draft._has_impact_sheet():
            documents.append((draft.env._("4 Impact sheet"), "impact"))
        files = []
        for name, kind in documents:
            files.append(
                (
                    f"{name}.pdf",
                    pack._make_document(draft, kind),
                    PDF,
                )
            )
            if kind.endswith("_vote") and docx_export.is_available():
                text = pack._make_editable(draft, kind)
                files.append((f"{name}.docx", text, docx_export.MIME_TYPE))
        statement = pack._make_last_statement(draft)
        if statement:
            name = draft.env._("5 Yearly statement of the services")
            files.append((f"{name}.pdf", statement, PDF))
        files += [(name, content, PDF) for name, content in pack._make_unit_cost_documents(draft)]
        return files

    def _make_document(self, agreement, kind):
        report = self.env["ir.actions.report"]
        names = {"agreement": "agreement_report"}
        name = names.get(kind, f"agreement_{kind}_report")
        return report._render_qweb_pdf(f"commune_relations.{name}", agreement.ids)[0]

    def _make_editable(self, agreement, kind):
        """The draft deliberation for a word processor: each assembly has its own model."""
        values = self.env[f"report.commune_relations.agreement_{kind}"]._get_report_values(
            agreement.ids
        )
        html = self.env["ir.qweb"]._render("commune_relations.agreement_vote_text", values)
        return docx_export.from_html(html, values["title"], values["author"])

    def _make_last_statement(self, agreement):
        """The statement of the year before the agreement, unless it is empty."""
        year = agreement._get_price_day().year - 1
        today = self.env.company._get_today()
        commune = agreement.commune_id
        services = self.env["commune.service.year"]
        costs = services._get_service_costs(commune, min(year, today.year))
        if not costs["lines"]:
            return b""
        report = self.env["ir.actions.report"]
        return report._render_qweb_pdf(
            "commune_relations.service_year_report", commune.ids, data={"year": costs["year"]}
        )[0]

    # recipients

    def _get_acting_people(self, agreements):
        """{agreement id: persons who act for the commune and can be written to}, one query."""
        self = self.sudo()  # mandates of communes, of which addresses alone are used
        Mandate = self.env["commune.mandate"]
        mandates = Mandate.search(
            Domain(PORTAL_ACCESS)
            & Domain("commune_id", "in", agreements.commune_id.ids)
            & Domain("function_id.portal_role", "=", "full")
        )
        people = {}
        for agreement in agreements:
            held = mandates.filtered(lambda m, a=agreement: m.commune_id == a.commune_id)
            found = {p.email_normalized: p for p in held.partner_id if p.email_normalized}
            people[agreement.id] = self.env["res.partner"].union(*found.values())
        return people

    def _write_to_acting_people(self, agreements, template, but=None):
        """One letter per agreement, to each person who acts for the commune.

        :param but: a person who knows already
        """
        people = self._get_acting_people(agreements)
        if but:
            people = {number: persons - but for number, persons in people.items()}
        self._write_to_people(agreements, template, people)

    def _write_to_people(self, agreements, template, people, attachments=None):
        """One letter per agreement, to persons who can be written to.

        :param people: {agreement id: persons}
        :param attachments: ir.attachment that every letter carries
        """
        written = agreements.sudo().filtered(lambda a: people[a.id])
        if not written or is_inside(self.env, "no_letters"):
            return
        letter = self.env.ref(f"commune_relations.{template}")
        mails = letter._send_together(
            written,
            {"attachment_ids": [(4, file.id) for file in attachments or ()]},
            LAYOUT,
            letter_sender=agreements._get_letter_sender(),
            letter_people=Inside({one.id: people[one.id].ids for one in written}),
        )
        mails._follow(template, written)
        mails._start_queue()
