"""Files and mails that exhaust their reader, sent to each entry point; time, memory measured."""

import base64
import json
import os
import re
import resource
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

from attack_client import Row
from attack_files import books, mails, uploads

MOST_SECONDS, MOST_MEGABYTES = 2, 200
# What a reader that holds nothing back may take before the kernel stops it: the machine lives.
GUARD = 1_200 * 1024 * 1024


def find_server(url):
    """The process that listens there, from /proc: Odoo of this machine."""
    port = int(url.rsplit(":", 1)[1].strip("/"))
    inodes = set()
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        parts = line.split()
        if parts[3] == "0A" and int(parts[1].rsplit(":", 1)[1], 16) == port:
            inodes.add(f"socket:[{parts[9]}]")
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if any(os.readlink(link) in inodes for link in (process / "fd").iterdir()):
                return int(process.name)
        except OSError:
            continue
    return None


class Meter:
    """Processor time and memory of the server while it answers.

    Processor time does not depend on the load of the machine.
    """

    def __init__(self, pid):
        self.pid = pid
        self.seconds = self.megabytes = 0

    def _read(self, name):
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(re.search(rf"{name}:\s+(\d+)", status)[1]) // 1024

    def _work(self):
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @contextmanager
    def measure(self):
        Path(f"/proc/{self.pid}/clear_refs").write_text("5")  # the highest mark starts again here
        before, start = self._read("VmRSS"), self._work()
        old = resource.prlimit(self.pid, resource.RLIMIT_AS)
        limit = self._read("VmSize") * 1024 * 1024 + GUARD
        resource.prlimit(self.pid, resource.RLIMIT_AS, (limit, old[1]))
        try:
            yield
        finally:
            resource.prlimit(self.pid, resource.RLIMIT_AS, old)
            self.seconds = self._work() - start
            self.megabytes = max(0, self._read("VmHWM") - before)

    def check(self, row, what, detail=""):
        used = f"{self.seconds:.1f} s, {self.megabytes} Mo"
        fine = self.seconds < MOST_SECONDS and self.megabytes < MOST_MEGABYTES
        row.check(fine, f"{what} : {used} {detail}")


def try_call(person, meter, model, values, method):
    """A wizard filled and its button pressed: the answer, measured."""
    made = person.call(model, "create", [values])
    with meter.measure():
        if made.error:
            return made
        number = made.value[0] if isinstance(made.value, list) else made.value
        try:
            return person.call(model, method, [[number]])
        except OSError as error:
            made.error = type(error).__name__
            return made


def throw_books(persons, meter):
    """The two entry points for spreadsheets of the staff."""
    rows = []
    entry_points = {
        "charge-mission": ("commune.import.upload", "action_load", "import des élus (RNE)"),
        "coordination": (
            "commune.replacement.import",
            "action_preview",
            "fichiers de remplacement",
        ),
    }
    for key, (model, method, what) in entry_points.items():
        row = Row("d bombes", f"{what} : refus en 2 s et 200 Mo")
        for name, content in books().items():
            data = base64.b64encode(content).decode()
            values = {"agents_file": data, "agents_name": name}
            if model == "commune.import.upload":
                file = {"name": name, "datas": data, "res_model": model}
                made = persons[key].call("ir.attachment", "create", [[file]])
                values = {"attachment_ids": [[6, 0, made.value or []]]}
            answer = try_call(persons[key], meter, model, values, method)
            meter.check(row, f"{what} {name}", answer.error)
            sentence = f"{what} {name} : {answer.error or 'accepté'} {answer.place}"
            row.check(answer.error == "odoo.exceptions.UserError", sentence)
        rows.append(row)
    return rows


def throw_uploads(persons, meter):
    """Post the form of a request, with files of another type than declared."""
    row = Row("d bombes", "formulaire du portail : 2 s et 200 Mo")
    mayor = persons["maire"]
    token = mayor.csrf()
    commune = str(mayor.data["communes"][0]) if mayor.data["communes"] else "0"
    for name, content in uploads().items():
        form = {"csrf_token": token, "commune_id": commune, "question": "", "topic_id": "none"}
        files = [("files", (name, content))]
        with meter.measure():
            answer = mayor.http.post(
                f"{mayor.url}/my/requests/new", data=form, files=files, timeout=90
            )
        what = f"portail {name[:40]!r}"
        meter.check(row, what, str(answer.status_code))
        row.check(answer.status_code < 500, f"{what} : {answer.status_code}")
    return row


def throw_mails(arguments):
    """Run the reader of mail in a separate process that writes nothing."""
    row = Row("d bombes", "courriels : moins de 2 s et 200 Mo, jamais perdus par une erreur")
    if not arguments.shell:
        row.note = "non essayés : donnez --shell"
        return row
    script = Path(__file__).with_name("attack_mails.py").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "mails.json"), Path(folder, "result.json")
        source.write_text(json.dumps(mails()), encoding="utf-8")
        known = {**os.environ, "ATTACK_MAILS": str(source), "ATTACK_RESULT": str(target)}
        subprocess.run(
            arguments.shell.split("\n"),
            input=script,
            text=True,
            env=known,
            check=True,
            capture_output=True,
            timeout=600,
        )
        results = json.loads(target.read_text(encoding="utf-8"))
    for what, (seconds, megabytes, error) in results.items():
        fine = seconds < MOST_SECONDS and megabytes < MOST_MEGABYTES
        row.check(fine, f"courriel, {what} : {seconds:.1f} s, {megabytes} Mo")
        row.check(not error, f"courriel, {what} : {error}")
    return row


def throw(persons, arguments):
    """:return: rows of the table"""
    known = {person.key: person for person in persons}
    pid = arguments.pid or find_server(arguments.url)
    rows = []
    if pid and {"maire", "charge-mission", "coordination"} <= set(known):
        meter = Meter(pid)
        rows += throw_books(known, meter)
        rows.append(throw_uploads(known, meter))
    else:
        rows.append(Row("d bombes", "fichiers", note="serveur introuvable dans /proc"))
    return [*rows, throw_mails(arguments)]
