"""ProConnect: what the button asks, what comes back, which account it opens."""

import unittest
from urllib.parse import parse_qs, urlsplit

from engine import proconnect
from engine.proconnect import BY_HAND, UNKNOWN, Account

MADE = (
    "https://pc.example/api/v2/authorize?response_type=code&client_id=me&scope=openid+email"
    "&redirect_uri=https%3A%2F%2Fc.example%2Fauth_oauth%2Fsignin&state=old&nonce=old&prompt=login"
)
NONCE = "n" * 64


class TestButton(unittest.TestCase):
    def test_it_asks_what_proconnect_knows_and_nothing_else(self):
        link = proconnect.get_address(MADE, "s" * 64, NONCE)
        asked = {name: value[0] for name, value in parse_qs(urlsplit(link).query).items()}
        self.assertEqual(asked["state"], "s" * 64)
        self.assertEqual(asked["nonce"], NONCE)
        self.assertEqual(asked["acr_values"], "eidas1")
        self.assertIn("amr", asked["claims"])
        self.assertEqual(asked["redirect_uri"], "https://c.example/auth_oauth/signin")
        self.assertNotIn("prompt", asked)

    def test_one_leaves_where_proconnect_says(self):
        link = proconnect.get_logout_address(
            "https://pc.example/api/v2/token", "the.id.token", "https://c.example/web/login", "s"
        )
        self.assertEqual(urlsplit(link).path, "/api/v2/session/end")
        asked = parse_qs(urlsplit(link).query)
        self.assertEqual(asked["id_token_hint"], ["the.id.token"])
        self.assertEqual(asked["post_logout_redirect_uri"], ["https://c.example/web/login"])
        self.assertEqual(
            proconnect.get_logout_address("https://x.example/jeton", "t", "b", "s"), ""
        )

    def test_only_the_provider_of_that_name(self):
        self.assertTrue(proconnect.is_proconnect(" ProConnect "))
        for name in ("ProConnect (agents)", "Azure AD", "", None):
            self.assertFalse(proconnect.is_proconnect(name), name)


class TestClaims(unittest.TestCase):
    def _find(self, id_claims=(), user_claims=()):
        claims = {"aud": "me", "nonce": NONCE, "sub": "1", **dict(id_claims)}
        person = {"sub": "1", "email": "a@b.fr", **dict(user_claims)}
        return proconnect.find_fault(claims, person, "me", NONCE)

    def test_what_was_asked_for_by_this_browser_is_taken(self):
        self.assertEqual(self._find(), "")
        self.assertEqual(self._find({"aud": ["other", "me"]}), "")

    def test_what_was_not_is_refused(self):
        for id_claims, user_claims in (
            ({"aud": "other"}, {}),
            ({"aud": None}, {}),
            ({"nonce": "m" * 64}, {}),
            ({"nonce": None}, {}),
            ({}, {"sub": "2"}),
            ({}, {"sub": None}),
            ({"sub": None}, {"sub": None}),
            ({}, {"email": ""}),
            ({}, {"email_verified": False}),
        ):
            self.assertTrue(self._find(id_claims, user_claims), (id_claims, user_claims))

    def test_a_second_factor_is_believed_when_it_is_stated(self):
        assurance = "https://proconnect.gouv.fr/assurance/"
        for claims in (
            {"acr": "eidas2"},
            {"acr": "eidas3"},
            {"acr": assurance + "consistency-checked-2fa"},
            {"acr": "eidas1", "amr": ["pwd", "mfa"]},
        ):
            self.assertTrue(proconnect.has_two_factors(claims), claims)
        for claims in (
            {},
            {"acr": "eidas1", "amr": None},
            {"amr": ["pwd", "mail"]},
            {"acr": assurance + "consistency-checked"},
        ):
            self.assertFalse(proconnect.has_two_factors(claims), claims)


class TestAccount(unittest.TestCase):
    def test_one_account_that_we_opened_and_that_nobody_else_opens(self):
        account = Account(1, True, False)
        self.assertEqual(proconnect.choose_account([account]), (account, ""))

    def test_no_account_of_the_addon(self):
        self.assertEqual(proconnect.choose_account([]), (None, UNKNOWN))
        self.assertEqual(proconnect.choose_account([Account(1, False, False)]), (None, UNKNOWN))

    def test_when_in_doubt_somebody_of_the_organisation_links(self):
        opened, linked, staff = (
            Account(1, True, False),
            Account(2, True, True),
            Account(3, False, False),
        )
        for accounts in ([linked], [opened, staff], [opened, linked], [opened, opened]):
            self.assertEqual(proconnect.choose_account(accounts), (None, BY_HAND), accounts)
