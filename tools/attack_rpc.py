"""RPC calls as each person: other persons' ids, all public methods, hostile values, oracles."""

from itertools import cycle, islice

from attack_client import Row
from hostile import NOBODYS, VALUES

HOSTILE_DOMAINS = (
    [["id", "=", 2**70]],
    [["id", "in", "x' OR 1=1"]],
    [["name", "ilike", "%" * 500]],
    [["create_uid.password", "=like", "$%"]],
    [["write_uid.partner_id.signup_type", "!=", False]],
    "id != 0",
    {"a": 1},
)
# Context keys that methods of the addon or of Odoo read, with values that no screen gives.
CONTEXTS = (
    {"active_test": False, "tz": "Nowhere/None", "bin_size": True},
    {"cost_year": "x", "steering_wanted": [], "is_for_everyone": 1, "sorts_as_directory": [1]},
    {"default_user_id": "x", "default_commune_id": [1], "default_state": {}, "default_active": "x"},
    {"prefetch_fields": False, "document_prefetch_ids": [[1]], "audience_refreshing": 1},
)
ORDERS = ("id; DROP TABLE res_users", "name, (SELECT 1)", "a" * 5000)
# Every reader may write in a channel or a list of Odoo: a change there is no failure.
TALKING = {"mail.group", "discuss.channel", "mail.message", "mail.activity", "mail.followers"}
# The person's own settings, of its own account.
OWN = {"res.users", "res.partner"}


class Calls:
    """The calls of one person, with what they may not give."""

    def __init__(self, scene, watch, quick):
        self.scene, self.watch, self.quick = scene, watch, quick
        self.faults = set()
        self.rows = {
            "fault": Row("b appels", "une phrase claire, jamais une erreur du serveur"),
            "read": Row("b appels", "rien d’autrui n’est lu (lecture, recherche, export)"),
            "done": Row("b appels", "rien d’autrui n’est écrit, créé ni supprimé"),
            "method": Row("b appels", "les méthodes publiques ne changent rien d’autrui"),
            "fixed": Row("b appels", "qui ne fait que lire n’écrit pas (messages compris)"),
            "oracle": Row("b appels", "aucune recherche ne devine ce qui est caché"),
            "json2": Row("b appels", "les mêmes refus par une clé d’API"),
            "route": Row("b appels", "les adresses JSON avec l’identifiant d’autrui"),
        }

    def ask(self, person, model, method, args, kwargs=None):
        """Make one call; the answer must be clear and hold no data of other persons."""
        label = f"{person.key} {model}.{method}({str(args)[1:-1][:70]})"
        try:
            answer = person.call(model, method, args, kwargs)
        except OSError as error:
            self.rows["fault"].check(False, f"{label} : {type(error).__name__}")
            return None
        self._check_fault(answer, label)
        word = "" if answer.error else person.find_canary(answer.text)
        self.rows["read"].check(not word, f"{label} donne « {word[:50]} »")
        return answer

    def _check_fault(self, answer, label):
        """Record a fault; the same line of code counts once, for all persons and calls."""
        fault = (answer.error, answer.place)
        known = not answer.clean and fault in self.faults
        self.rows["fault"].check(answer.clean or known, f"{label} : {answer.error} {answer.place}")
        if not answer.clean:
            self.faults.add(fault)

    def unchanged(self, row, before, label, done):
        changed = self.watch.changed(before, self.watch.versions())
        sentence = f"{label} change {', '.join(changed)} par {', '.join(done[:6])}"
        self.rows[row].check(not changed, sentence)

    # what belongs to somebody else

    def attack_hidden(self, person, model, ids):
        """Read, write and delete what the person may not even see."""
        name = (self.scene["texts"].get(model) or ["create_date"])[0]
        domain = [["id", "in", ids]]
        reads = [
            ("read", [ids, ["id", name]]),
            ("search_read", [domain, ["id", name]]),
            ("search_count", [domain]),
            ("name_search", ["", domain]),
            ("export_data", [ids, ["id", name]]),
            ("formatted_read_group", [domain, [], ["__count"]]),
            ("web_read", [ids, {name: {}}]),
        ]
        for method, args in reads:
            answer = self.ask(person, model, method, args)
            found = answer and not answer.error and self._holds_something(answer.value)
            self.rows["read"].check(not found, f"{person.key} {model}.{method}({ids}) répond")
        before = self.watch.versions()
        writes = [("write", [ids, {name: "attaque"}]), ("unlink", [ids])]
        if not person.data["reach"][model]["create"]:
            writes += [("create", [[{name: "attaque"}]]), ("copy", [ids])]
        done = []
        for method, args in writes:
            answer = self.ask(person, model, method, args)
            if answer and not answer.error:
                done.append(method)
        self.unchanged("done", before, f"{person.key} {model} {ids}", done)

    @staticmethod
    def _holds_something(value):
        if isinstance(value, dict):
            return any(value.get("datas", []))
        if isinstance(value, list):
            return any(v.get("__count", 1) if isinstance(v, dict) else v for v in value)
        return bool(value)

    def attack_methods(self, person, model, ids, row):
        """Every public method, on these ids or on none, with hostile values."""
        rights = person.data["reach"].get(model, {}).get("create")
        before, done = self.watch.versions(), []
        for method, (needed, on_model, is_own) in self.scene["methods"][model].items():
            if method in ("write", "create", "unlink", "read", "copy") or (on_model and rights):
                continue
            if self.quick and not is_own:
                continue
            for start in range(1 if self.quick or not needed else 3):
                values = list(islice(cycle(VALUES), start, start + needed))
                answer = self.ask(person, model, method, values if on_model else [ids, *values])
                if answer and not answer.error:
                    done.append(method)
                self.rows[row].tries += 1
        # Odoo lets who may write leave a message on a number that nobody has.
        can_write = rights or person.data["reach"].get(model, {}).get("write")
        if ids != [NOBODYS] or not can_write:
            self.unchanged(row, before, f"{person.key} {model} {ids}", done)

    def attack_fixed(self, person, model, ids):
        """Check records that the person may read but not write."""
        before, done = self.watch.versions(), []
        name = (self.scene["texts"].get(model) or ["create_date"])[0]
        calls = [("write", [ids, {name: "attaque"}]), ("unlink", [ids])]
        if "message_post" in self.scene["methods"].get(model, {}):
            body = {"body": "attaque", "message_type": "comment"}
            calls += [("message_post", [ids[:1]], body)]
        for method, args, *kwargs in calls:
            answer = self.ask(person, model, method, args, *kwargs)
            if answer and not answer.error:
                done.append(method)
        self.unchanged("fixed", before, f"{person.key} {model} {ids}", done)

    # values that no screen sends

    def attack_values(self, person, model):
        for domain in HOSTILE_DOMAINS:
            self.ask(person, model, "search_read", [domain, ["id"]], {"limit": 1})
        for order in ORDERS:
            self.ask(person, model, "search", [[]], {"order": order, "limit": 1})
        name = (self.scene["texts"].get(model) or ["create_date"])[0]
        for context in CONTEXTS:
            read = {"limit": 5, "context": context}
            self.ask(person, model, "search_read", [[], ["id", name]], read)
            self.ask(person, model, "default_get", [[name]], {"context": context})
            self.ask(person, model, "onchange", [[], {}, [], {name: {}}], {"context": context})
        for value in VALUES:
            self.ask(person, model, "name_search", [value], {"limit": 1})
            self.ask(person, model, "read", [value, ["id"]])

    def attack_oracles(self, person):
        """Check that a search through a relation reveals nothing of the hidden record."""
        for model, path, record, value in person.data["oracles"]:
            domain = [["id", "=", record], [path, "=", value]]
            answer = self.ask(person, model, "search_count", [domain])
            label = f"{person.key} {model}.search_count([('{path}', '=', …)]) sur {record} répond"
            self.rows["oracle"].check(not (answer and not answer.error and answer.value), label)

    def attack_json2(self, person, model, ids):
        name = (self.scene["texts"].get(model) or ["create_date"])[0]
        calls = {
            "read": {"ids": ids, "fields": ["id", name]},
            "search_read": {"domain": [["id", "in", ids]], "fields": ["id", name]},
            "unlink": {"ids": ids},
        }
        for method, values in calls.items():
            answer = person.call_json2(model, method, values)
            fine = answer.clean and (bool(answer.error) or not answer.value)
            label = f"{person.key} /json/2/{model}/{method} {ids} : {answer.error or 'répond'}"
            self.rows["json2"].check(fine, label)

    def attack_json_routes(self, person):
        """Each JSON address, its parameters filled with somebody else's records."""
        reach = person.data["reach"]
        targets = ("res.partner", "helpdesk.ticket", "agreement", "commune.session")
        for route in self.scene["routes"]:
            if route["type"] != "jsonrpc" or "<" in route["rule"] or "call_kw" in route["rule"]:
                continue
            if "database" in route["rule"] or "session" in route["rule"]:
                continue
            for model in targets:
                hidden = reach.get(model, {}).get("hidden") or [2**31 - 1]
                before = self.watch.versions()
                params = {p: self._fill(p, model, hidden) for p in route["params"] if p != "kwargs"}
                answer = person.call_route(route["rule"], params)
                label = f"{person.key} {route['rule']} {model} {hidden[:1]}"
                word = "" if answer.error else person.find_canary(answer.text)
                fine = answer.clean and not word
                reason = word or f"{answer.error} {answer.place}"
                self.rows["route"].check(fine, f"{label} : {reason}")
                changed = self.watch.changed(before, self.watch.versions())
                self.rows["route"].check(not changed, f"{label} change {', '.join(changed)}")

    @staticmethod
    def _fill(parameter, model, hidden):
        if "model" in parameter:
            return model
        if parameter.endswith("_ids") or parameter == "ids":
            return hidden
        if parameter.endswith("id"):
            return hidden[0]
        return {"body": "attaque"} if parameter.endswith("data") else ""


def fuzz(persons, scene, watch, clock, quick):
    """:return: rows of the table"""
    calls = Calls(scene, watch, quick)
    models = sorted(
        {*scene["methods"], *persons[0].data["reach"]}, key=lambda n: n not in scene["ours"]
    )
    for turn, model in enumerate(models):
        if not clock:
            calls.rows["fault"].left += 1
            continue
        # In a minute each model meets one person, in turn.
        for person in persons[turn % len(persons) :][:1] if quick else persons:
            reach = person.data["reach"].get(model, {})
            hidden, fixed = reach.get("hidden", []), reach.get("fixed", [])
            if hidden:
                calls.attack_hidden(person, model, hidden)
            if model in scene["methods"]:
                row = "method" if hidden or model not in OWN else "fault"
                # One record, else Odoo stops at their number; one that nobody has, else none.
                calls.attack_methods(person, model, hidden[:1] or [NOBODYS], row)
            if fixed and model not in TALKING:
                calls.attack_fixed(person, model, fixed)
            if hidden and person.data.get("api_key") and not quick:
                calls.attack_json2(person, model, hidden)
            if not quick and model in scene["texts"]:
                calls.attack_values(person, model)
    for person in persons:
        calls.attack_oracles(person)
        if clock and not quick:
            calls.attack_json_routes(person)
    return [row for row in calls.rows.values() if row.tries]
