"""Local identity provider that behaves as ProConnect, to try the login: proconnect.py [PORT].

See docs/deployment.md. Persons, addresses and keys are invented; nothing is kept.

Stricter than OpenID Connect where ProConnect is: any parameter that it does not know is refused,
the secret of the service comes in the body, `userinfo` is a signed text."""

import base64
import hashlib
import json
import secrets
import sys
import time
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from jose import jwk, jwt

PORT = int(sys.argv[1]) if len(sys.argv) > 1 else 8899
BASE = f"http://localhost:{PORT}/api/v2"
CLIENT, SECRET, KID = "essai", "secret-d-essai", "cle-1"
NEEDED = {"response_type", "client_id", "redirect_uri", "scope", "state", "nonce"}
KNOWN = NEEDED | {"acr_values", "claims", "code_challenge", "code_challenge_method"}
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
    serialization.Encoding.PEM,
    serialization.PrivateFormat.TraditionalOpenSSL,
    serialization.NoEncryption(),
)
CODES, TOKENS = {}, {}
FORM = """<!doctype html><html lang="fr"><meta charset="utf-8"><title>ProConnect d’essai</title>
<h1>ProConnect d’essai</h1><form method="post"><p><label>Adresse <input name="email" required>
</label><p><label><input type="checkbox" name="mfa"> second facteur</label>
<p><button>Continuer</button> <button name="refuse" value="1" formnovalidate>Refuser</button></form>"""


def sign(claims):
    now = int(time.time())
    claims = {"iss": BASE, "aud": CLIENT, "iat": now, "exp": now + 60, **claims}
    return jwt.encode(claims, KEY.decode(), algorithm="RS256", headers={"kid": KID})


def check_request(query):
    """Why this request is refused; empty when it is as ProConnect requires."""
    if strange := query.keys() - KNOWN:
        return f"Y000400 : {', '.join(strange)}"
    if missing := NEEDED - query.keys():
        return f"manque : {', '.join(missing)}"
    if query["client_id"] != CLIENT or query["response_type"] != "code":
        return "service inconnu"
    if len(query["state"]) < 32 or len(query["nonce"]) < 32:
        return "state ou nonce de moins de 32 caractères"
    return ""


def check_proof(asked, verifier):
    digest = hashlib.sha256((verifier or "").encode()).digest()
    made = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    return "code_challenge" not in asked or asked["code_challenge"] == made


class Provider(BaseHTTPRequestHandler):
    def answer(self, code, text="", kind="text/html; charset=utf-8", **headers):
        self.send_response(code)
        for name, value in {"Content-Type": kind, **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text.encode())

    def send_json(self, code, values):
        self.answer(code, json.dumps(values), "application/json")

    def do_GET(self):
        path, query = urlsplit(self.path).path, dict(parse_qsl(urlsplit(self.path).query))
        if path == "/api/v2/authorize":
            fault = check_request(query)
            self.answer(400 if fault else 200, escape(fault) or FORM)
        elif path == "/api/v2/jwks":
            public = jwk.construct(KEY.decode(), "RS256").public_key().to_dict()
            public = {k: v.decode() if isinstance(v, bytes) else v for k, v in public.items()}
            self.send_json(200, {"keys": [{**public, "kid": KID, "use": "sig"}]})
        elif path == "/api/v2/userinfo":
            claims = TOKENS.pop(self.headers.get("Authorization", "").removeprefix("Bearer "), None)
            if claims:
                self.answer(200, sign(claims), "application/jwt")
            else:
                self.send_json(401, {"error": "invalid_token"})
        elif path == "/api/v2/session/end":
            hint = jwt.get_unverified_claims(query["id_token_hint"])
            back = f"{query['post_logout_redirect_uri']}?{urlencode({'state': query['state']})}"
            print("déconnexion de", hint["sub"], flush=True)
            self.answer(303, Location=back)
        else:
            self.answer(404)

    def do_POST(self):
        size = int(self.headers.get("Content-Length") or 0)
        form = {k: v[0] for k, v in parse_qs(self.rfile.read(size).decode()).items()}
        path, query = urlsplit(self.path).path, dict(parse_qsl(urlsplit(self.path).query))
        if path == "/api/v2/token":
            return self.give_token(form)
        if fault := check_request(query):
            return self.answer(400, escape(fault))
        values = {"error": "access_denied"}
        if "refuse" not in form:
            values = {"code": secrets.token_urlsafe()}
            CODES[values["code"]] = (query, form)
        back = (
            f"{query['redirect_uri']}?{urlencode({**values, 'state': query['state'], 'iss': BASE})}"
        )
        self.answer(303, Location=back)

    def give_token(self, form):
        asked, person = CODES.pop(form.get("code"), (None, None))
        known = form.get("client_id") == CLIENT and form.get("client_secret") == SECRET
        if not asked or not known or not check_proof(asked, form.get("code_verifier")):
            return self.send_json(400, {"error": "invalid_grant" if known else "invalid_client"})
        token = secrets.token_urlsafe()
        email = person["email"]
        sub = person.get("sub") or hashlib.sha256(email.lower().encode()).hexdigest()
        TOKENS[token] = {
            "sub": sub,
            "email": email,
            "given_name": "Camille",
            "usual_name": "Essai",
            "siret": "20003986500018",
            "idp_id": "essai",
        }
        mfa = "mfa" in person
        claims = {"sub": sub, "nonce": asked["nonce"], "acr": "eidas2" if mfa else "eidas1"}
        claims["amr"] = ["pwd", "mfa"] if mfa else ["pwd"]
        self.send_json(
            200, {"access_token": token, "token_type": "Bearer", "id_token": sign(claims)}
        )

    def log_message(self, template, *values):
        print(template % values, flush=True)


if __name__ == "__main__":
    print(f"{BASE}/authorize, /token, /userinfo, /jwks – {CLIENT}, {SECRET}", flush=True)
    ThreadingHTTPServer(("127.0.0.1", PORT), Provider).serve_forever()
