# Run by bin/bench in `odoo shell`: writing councillors, our import against Odoo's load().
import os
import time

from odoo.addons.commune_relations.engine.opendata import fictitious

persons = int(os.environ["BENCH_PERSONS"])
sample = min(persons, 4000)
env["commune.reference.epci"]._set_up("200039865")
codes = env["res.partner"].search([("is_commune", "=", True)]).mapped("insee_code")
header = (
    "Code de la commune;Nom de l'élu;Prénom de l'élu;Code sexe;Date de début du mandat;"
    "Libellé de la fonction;Date de début de la fonction\n"
)
names = fictitious.LAST_NAMES


def suffix(number):
    text = ""
    while number:
        number, digit = divmod(number, 26)
        text += chr(97 + digit)
    return text


rows = [
    (codes[i % len(codes)], names[i % len(names)] + suffix(i).upper(), "Claude", "2026-03-15")
    for i in range(persons)
]
content = header + "".join(f"{c};{last};{first};F;{day};;\n" for c, last, first, day in rows)

record = env["commune.import"].load_files([("banc.csv", content.encode())])
start = time.perf_counter()
record.action_apply()
env.flush_all()
addon_rate = persons / (time.perf_counter() - start)
written = env["commune.mandate"].search_count([])
env.cr.rollback()

env["commune.reference.epci"]._set_up("200039865")
env.flush_all()
communes = {c.insee_code: c for c in env["res.partner"].search([("is_commune", "=", True)])}
start = time.perf_counter()
result = (
    env["res.partner"]
    .with_context(tracking_disable=True)
    .load(
        ["id", "lastname", "firstname", "civility"],
        [
            [f"__bench__.p{i}", last, first, "mme"]
            for i, (_c, last, first, _d) in enumerate(rows[:sample])
        ],
    )
)
assert result["ids"], result["messages"][:2]
function = env["commune.function"]._by_code()["councillor"]
result = env["commune.mandate"].load(
    ["partner_id/id", "commune_id/.id", "function_id/.id", "date_start"],
    [
        [f"__bench__.p{i}", communes[c].id, function.id, day]
        for i, (c, _l, _f, day) in enumerate(rows[:sample])
    ],
)
assert result["ids"], result["messages"][:2]
env.flush_all()
stock_rate = sample / (time.perf_counter() - start)
env.cr.rollback()
label = f"écriture de {written} élus / load() (élus/s)"
print(
    f"{label:<44}{addon_rate:>10.0f}{stock_rate:>12.0f}{addon_rate / stock_rate:>9.1f}{'≥ 10.0':>9}"
)
