"""Templates of amendments become a kind of paper; shared services need their impact sheet; what
was put to the signature keeps its words from now on."""

from odoo import SUPERUSER_ID, api
from odoo.tools import SQL
from odoo.tools.sql import column_exists


def migrate(cr, version):
    if column_exists(cr, "commune_agreement_template", "is_amendment"):
        cr.execute(
            SQL("UPDATE commune_agreement_template SET kind = 'amendment' WHERE is_amendment")
        )
    env = api.Environment(cr, SUPERUSER_ID, {})
    basis = env.ref("commune_relations.legal_basis_l5211_4_2", raise_if_not_found=False)
    if basis:
        basis.needs_impact = True
    # Accounts are opened by invitation only, and the settings say so.
    env["ir.config_parameter"].set_param("auth_signup.invitation_scope", "b2b")
    agreements = env["agreement"].with_context(active_test=False)
    for agreement in agreements.search(
        [
            ("commune_id", "!=", False),
            ("document_id", "!=", False),
            ("document_body", "=", False),
        ]
    ):
        french = agreement.with_context(lang=env.company._get_house_lang())
        agreement.document_body = french._render_body()
