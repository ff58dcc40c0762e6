"""Documents of an agreement: draft deliberations of both sides, impact sheet."""

from datetime import date

from markupsafe import Markup

from odoo import models

from ....engine.law import cite, collect
from ....engine.postal.address import of_epci, of_place
from ...core.inside import get_inside
from .clause import PERMITS
from .impact import EFFECTS

PERMITS_VISA = "Vu le code de l’urbanisme, notamment ses articles L. 423-1 et R. 423-15,"


class Agreement(models.Model):
    _inherit = "agreement"

    def _get_document_name(self, kind):
        """File name of a document, without its extension."""
        kinds = dict(
            self.env["commune.agreement.template"]._fields["kind"]._description_selection(self.env)
        )
        return f"{kinds[kind]} – {self.sudo().commune_id.name}"


class CommuneAgreementDocument(models.AbstractModel):
    _inherit = "commune.agreement.document"

    def _get_deliberation_template(self, agreement, kind):
        """The text of a kind of document for this form of contract, else the one for all forms."""
        agreement.ensure_one()
        templates = self.env["commune.agreement.template"].search([("kind", "=", kind)])
        same = templates.filtered(lambda t: t.contract_form == agreement.contract_form)
        return (same or templates.filtered(lambda t: not t.contract_form) or templates)[:1]

    def _render_deliberation(self, agreement, kind):
        """A draft deliberation or the impact sheet, with the values of this agreement.

        :param kind: `commune_vote`, `epci_vote` or `impact`
        """
        agreement.ensure_one()
        return self._replace_words(agreement, self._get_deliberation_template(agreement, kind).body)

    def _get_words(self, agreement):
        """Add the values of the documents, which an agreement may quote too."""
        effects = ("organisation", "conditions", "remuneration", "droits")
        return {
            **super()._get_words(agreement),
            "objet": agreement.name,
            "objet_conventions": self._describe_voted(agreement),
            "visa": self._render_bases(agreement),
            "conseil": self._get_council(),
            "maire_fonction": self._get_mayor_office(agreement),
            "president_fonction": self._get_president_office(),
            "services": self._render_services(agreement),
            "conventions": self._render_agreements(agreement),
            "cout": self._render_expected(agreement),
            "visa_cst": self._render_committee(agreement),
            "visa_deliberation_intercommunalite": self._render_other_vote(agreement),
            "annexes": self._describe_annexes(agreement),
            "financement": self._describe_payment(agreement),
            "agents": self._render_posts(agreement),
            **{
                f"effets_{word}": self._keep_lines(agreement[name]) or self._get_blank()
                for word, name in zip(effects, EFFECTS, strict=True)
            },
        }

    # one agreement, or several that an assembly votes at once

    def _get_voted(self, agreement):
        return agreement.browse(get_inside(self.env, "voted_ids", agreement.ids))

    def _describe_voted(self, agreement):
        """What the intercommunality approves.

        A title that names one agreement of several would leave the others out of the vote."""
        voted = self._get_voted(agreement)
        communes = voted.commune_id
        if len(set(voted.mapped("name"))) > 1:
            return self.env._("conventions of services with %s communes", len(communes))
        if len(communes) > 1:
            return self.env._(
                "the convention “%(name)s” with %(count)s communes",
                name=agreement.name,
                count=len(communes),
            )
        return self.env._(
            "the convention “%(name)s” with the commune %(commune)s",
            name=agreement.name,
            commune=of_place(communes.name or ""),
        )

    def _render_bases(self, agreements):
        """The legal bases quoted, each code once.

        And the text on permits, which the agreement applies when an option is about them."""
        voted = self._get_voted(agreements)
        bases = self.env["commune.legal.basis"].union(*(one._get_bases() for one in voted))
        topics = voted.offer_ids.service_id.topic_id
        permits = [PERMITS_VISA] if PERMITS in topics.mapped("code") else []
        cited = collect([cite(text) for text in (*bases.mapped("citation"), *permits) if text])
        if len(cited) < 2:
            return next(iter(cited), "") or self._get_blank()
        return Markup("<br/>").join(text[:1].upper() + text[1:] for text in cited)

    # who votes and who signs

    def _get_council(self):
        """The assembly of the intercommunality, as its kind calls it."""
        wording = self.env["commune.place.wording"]
        return wording._get_assembly_name(self.env.company._get_epci())

    def _get_mayor_office(self, agreement):
        if agreement.commune_id.mayor_id.civility == "mme":
            return self.env._("the mayor, who is a woman")
        return self.env._("the mayor, who is a man")

    def _get_president_office(self):
        if self.env.company._get_epci().mayor_id.civility == "mme":
            return self.env._("the president, who is a woman")
        return self.env._("the president, who is a man")

    # what was decided before

    def _render_committee(self, agreements):
        """The opinions of the staff committees, each once, when a legal basis asks for them."""
        visas = {}
        for agreement in self._get_voted(agreements).filtered("needs_committee"):
            given = agreement._get_opinions()
            for side, day, _text in given:
                visas[self._describe_visa(agreement, side, day)] = day
            if not given:
                visas[self._describe_no_opinion()] = date.max
        ordered = sorted(visas, key=lambda text: (visas[text], text))
        return Markup("").join(self._paragraph(text) for text in ordered)

    def _describe_no_opinion(self):
        return self.env._(
            "Having regard to the opinion of the staff committee of %s,", self._get_blank()
        )

    def _describe_visa(self, agreement, side, day):
        """“Vu l’avis favorable du comité social territorial du centre de gestion du 6 mai,”."""
        senses = {
            "favourable": self.env._("favourable"),
            "unfavourable": self.env._("unfavourable"),
        }
        words = {
            "sense": senses.get(agreement[f"{side}_opinion"], ""),
            "body": self._name_committee_place(agreement, side),
            "day": self.env.company._format_document_date(day),
        }
        if agreement[f"{side}_opinion"] == "deemed":
            return self.env._(
                "Having regard to the opinion of the staff committee %(body)s, deemed given on"
                " %(day)s,",
                **words,
            )
        text = self.env._(
            "Having regard to the %(sense)s opinion of the staff committee %(body)s of %(day)s,",
            **words,
        )
        return text.replace("  ", " ")  # a sense that is not written yet

    def _name_committee_place(self, agreement, side):
        """“de Metz Métropole”, “de la commune d’Augny”, “du centre de gestion”."""
        if side == "epci":
            return of_epci(self.env.company._get_document_identity()["legal_name"])
        if agreement.commune_opinion_body == "cdg":
            return self.env._("of the management centre")
        return self.env._("of the commune %s", agreement.commune_id._of_place())

    def _render_other_vote(self, agreement):
        """The deliberation of the intercommunality, once it has voted."""
        vote = self._describe_deliberation(agreement, "epci")
        if not vote:
            return ""
        return self._paragraph(
            self.env._(
                "Having regard to the deliberation %(vote)s of the %(council)s, which approves this"
                " convention,",
                vote=vote,
                council=self._get_council(),
            )
        )

    def _describe_annexes(self, agreements):
        voted = self._get_voted(agreements)
        sheets = [agreement for agreement in voted if agreement._has_impact_sheet()]
        if len(voted) > 1 and sheets:
            return self.env._("the draft conventions and their impact sheets, annexed")
        if len(voted) > 1:
            return self.env._("the draft conventions, annexed")
        if sheets:
            return self.env._("the draft convention and its impact sheet, annexed")
        return self.env._("the draft convention, annexed")

    def _paragraph(self, text):
        return Markup("<p>%s</p>") % text

    def _keep_lines(self, text):
        """A text of several lines, as it was typed."""
        return Markup("<br/>").join((text or "").strip().splitlines())
