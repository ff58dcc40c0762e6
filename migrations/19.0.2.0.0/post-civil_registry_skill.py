"""The skill offers no act of the civil registry (CGCT, art. R2122-10): its name says so, unless it
was rewritten since."""

NAMES = {
    "en_US": ("Civil registry", "Civil registry (without the acts)"),
    "fr_FR": ("État civil", "État civil (hors actes)"),
}


def migrate(cr, version):
    for lang, (before, after) in NAMES.items():
        cr.execute(
            """
            UPDATE hr_skill skill
            SET name = jsonb_set(skill.name, ARRAY[%s], to_jsonb(%s::text))
            FROM ir_model_data data
            WHERE data.module = 'commune_relations' AND data.name = 'skill_ec'
              AND data.model = 'hr.skill' AND data.res_id = skill.id
              AND skill.name ->> %s = %s
            """,
            [lang, after, lang, before],
        )
