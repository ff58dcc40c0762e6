"""Every live secret looked for in everything that each person can read by RPC."""

import re

from attack_client import Row

KINDS = ("char", "text", "html", "json", "reference")
WORD = re.compile(r"[A-Za-z0-9_.=-]{16,}")
MOST_LINES, MOST_FILES, MOST_BYTES = 1000, 150, 2_000_000
# Where a secret is most likely: all that a quick run has time for.
LIKELY = """mail.message mail.mail mail.notification mailing.trace mailing.mailing res.partner
    res.users survey.user_input rating.rating helpdesk.ticket event.registration
    commune.event.invitation commune.survey.link commune.directory.recipient commune.attendance
    commune.session commune.replacement.proposal ir.attachment hr.employee""".split()


def secrets_in(text, scene):
    """The live secrets and the addresses that this text holds."""
    found = set(WORD.findall(text)) & set(scene["secrets"])
    for pattern in scene["links"]:
        # What was masked on purpose opens nothing.
        found.update(s for s in re.findall(pattern, text) if set(s) - set("*x."))
    return found


def read_everything(person, model, most=MOST_LINES):
    """All the texts of a model that the person reads, as one text."""
    fields = person.call(model, "fields_get", [], {"attributes": ["type"]})
    if fields.error:
        return ""
    names = [name for name, field in fields.value.items() if field["type"] in KINDS]
    # An archived record is read as well as another.
    context = {"active_test": False, "lang": "fr_FR"}
    options = {"limit": most, "order": "id desc", "context": context}
    answer = person.call(model, "search_read", [[], names], options)
    if not answer.error:
        return str(answer.value)
    # One field that breaks hides no other.
    texts = (person.call(model, "search_read", [[], [name]], options) for name in names)
    return " ".join(str(text.value) for text in texts if not text.error)


def look_in_files(person, scene, row):
    """Search the content of the attachments, not only their names."""
    found = person.call(
        "ir.attachment", "search", [[["type", "=", "binary"]]], {"limit": MOST_FILES}
    )
    for number in found.value or []:
        answer = person.get(f"/web/content/{number}")
        text = answer.content[:MOST_BYTES].decode("latin-1")
        leaks = secrets_in(text, scene)
        row.check(not leaks, f"{person.key} lit {len(leaks)} secret(s) dans la pièce {number}")


def name_of(secret, scene):
    return scene["secrets"].get(secret, "lien")


def look(persons, scene, watch, clock, quick):
    """:return: rows of the table"""
    texts = Row("c secrets", f"{len(scene['secrets'])} secrets, illisibles dans tout texte")
    files = Row("c secrets", "illisibles dans toute pièce jointe")
    models = [m for m in scene["texts"] if not quick or m in LIKELY]
    models.sort(key=lambda name: name not in LIKELY)
    persons = [person for person in persons if person.data["login"]]
    most = 100 if quick else MOST_LINES
    for model in models:
        for person in persons:
            if not clock:
                texts.left += 1
                continue
            leaks = secrets_in(read_everything(person, model, most), scene)
            kinds = sorted({name_of(secret, scene) for secret in leaks})
            sentence = (
                f"{person.key} lit {len(leaks)} secret(s) dans {model} : {', '.join(kinds[:4])}"
            )
            texts.check(not leaks, sentence)
    for person in persons:
        if not quick:
            look_in_files(person, scene, files)
    return [texts] + ([] if quick else [files])
