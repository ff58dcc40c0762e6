"""Objects of conventions that announced a list which stands in article 2; an agreement in gender.

Only these words change, in clauses and in texts made from them where nobody wrote others; what is
signed keeps its own copy."""

from odoo.tools import SQL

WORDS = {
    "les services ou parties de services suivants.": (
        "les services ou parties de services énumérés à l’article 2."
    ),
    "qui assure pour elle les missions suivantes, en dehors": (
        "qui assure pour elle les missions énumérées à l’article 2, en dehors"
    ),
    "nécessaires aux besoins suivants.": "nécessaires aux besoins énumérés à l’article 2.",
    "qui l’accepte, les prestations suivantes.": (
        "qui l’accepte, les prestations énumérées à l’article 2."
    ),
    "sur les objets suivants, qui entrent": "sur les objets énumérés à l’article 2, qui entrent",
    "la gestion des services suivants, qui relèvent": (
        "la gestion des services énumérés à l’article 2, qui relèvent"
    ),
    "qui gère leur carrière et exerce seule le pouvoir": (
        "qui gère leur carrière et exerce seul le pouvoir"
    ),
}


def migrate(cr, version):
    for table in ("commune_agreement_clause", "commune_agreement_template"):
        for before, after in WORDS.items():
            cr.execute(
                SQL(
                    "UPDATE %(table)s SET body = REPLACE(body, %(before)s, %(after)s)"
                    " WHERE strpos(body, %(before)s) > 0",
                    table=SQL.identifier(table),
                    before=before,
                    after=after,
                )
            )
