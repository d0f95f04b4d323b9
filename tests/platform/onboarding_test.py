#!/usr/bin/env python3
"""A cooperative that nobody knows comes to sell here, over HTTP, across the services: it applies without an account, is sent
back once, is verified by two people, signs in with its own password, and has a product in the catalogue, within a second.

Set by scripts/lib/with-platform: SHANHAI_TEST_URL, SHANHAI_TEST_VAR.
"""
import os
import pathlib
import sys
import time
import unittest
import uuid

import people
from people import ask, sign_in

VAR = pathlib.Path(os.environ.get("SHANHAI_TEST_VAR", "var"))
PASSWORD = "quiet bamboo in the rain"
PHONE = "13987654321"


def must(*arguments, **named):
    """No headers are looked at here."""
    return people.must(*arguments, **named)[0]


def application(name, uscc, login):
    return {"name": name, "kind": "COOPERATIVE", "uscc": uscc, "county_code": "530624", "bank_reference": "****1234",
            "contact": {"name": "李明", "phone": PHONE}, "owner": {"name": "李明明", "login": login, "password": PASSWORD}}


def product(merchant):
    return {"merchant_id": merchant, "county_code": "530624", "name": "箬竹笋", "category": "food_processed", "summary": "鲜笋干",
            "description": "当日采挖，当日加工。", "storage": "阴凉干燥处", "shelf_life_days": 365, "origin_statement": "产自大关县",
            "return_policy": "SEVEN_DAY", "purchase_mode": "DIRECT_PURCHASE", "listed": True,
            "skus": [{"gtin": "9520000099992", "name": "500 g", "net_content_g": 500, "price_fen": 2990}]}


class OnboardingTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        demo = (VAR / "secrets" / "demo_password").read_text().strip()
        cls.first = sign_in("operator", demo)
        cls.second = sign_in("reviewer", demo)

    def apply(self, *what):
        made = must("POST", "/v1/onboardings", application(*what), headers={"Idempotency-Key": str(uuid.uuid4())})
        return f"/v1/onboardings/{made['onboarding_id']}", {"Onboarding-Access-Token": made["access_token"]}

    def step(self, target, token, action, **more):
        return ask("POST", target + "/steps", {"action": action, "version": 1, **more}, token)

    def test_a_house_that_nobody_knew_sells_within_a_second_of_the_second_word(self):
        code = must("GET", "/v1/credit-codes/93530624ma6k00000c")
        self.assertEqual((code["valid"], code["registered"], code["county"]["name"]), (True, False, "大关县"))
        what = ["大关县箬竹笋专业合作社（示例）", "93530624MA6K00000C", "ruozhu.owner"]
        target, key = self.apply(*what)
        self.assertEqual(ask("POST", "/v1/auth/login", {"login": what[2], "password": PASSWORD})[0], 401)
        self.assertEqual(self.step(target, self.first, "RETURN", reason="名称须与营业执照一致")[0], 200)
        self.assertEqual(must("GET", target, headers=key)["steps"][-1]["reason"], "名称须与营业执照一致")
        what[0] = "大关县箬竹笋农民专业合作社（示例）"
        self.assertEqual(must("PUT", target, application(*what), headers=key)["version"], 2)

        self.assertEqual(self.step(target, self.first, "VERIFY")[1]["code"], "version-stale")
        self.assertEqual(self.step(target, self.first, "VERIFY", version=2)[1]["state"], "VERIFIED_ONCE")
        self.assertEqual(self.step(target, self.first, "VERIFY", version=2)[1]["code"], "second-person")
        self.assertEqual(must("POST", target + "/contact-views", {}, self.second)["phone"], PHONE)
        began = time.monotonic()
        self.assertEqual(self.step(target, self.second, "VERIFY", version=2)[1]["state"], "VERIFIED")

        owner = sign_in(what[2], PASSWORD)
        house = must("GET", "/v1/auth/me", token=owner)["organisation_id"]
        merchant = None
        while merchant is None and time.monotonic() < began + 5:
            merchant = next((one for one in must("GET", "/v1/merchants?county=530624&limit=100")["items"]
                             if one.get("organisation_id") == house), None)
        self.assertIsNotNone(merchant, "the catalogue never heard of it")
        must("POST", "/v1/products", product(merchant["merchant_id"]), owner)
        self.assertLess(time.monotonic() - began, 1)
        self.assertEqual((merchant["name"], merchant["business_licence"], merchant["uscc"]), (what[0], what[1], what[1]))
        self.assertTrue(must("GET", "/v1/credit-codes/" + what[1])["registered"])
        other = sign_in("merchant", (VAR / "secrets" / "demo_password").read_text().strip())
        self.assertEqual(ask("POST", "/v1/products", product(merchant["merchant_id"]), other)[1]["code"], "not-your-merchant")
        again = ask("POST", "/v1/onboardings", application(*what), headers={"Idempotency-Key": str(uuid.uuid4())})
        self.assertEqual(again[1]["code"], "organisation-exists")

    def test_an_owner_takes_a_clerk_in_who_sells_for_the_house_and_no_other(self):
        demo = (VAR / "secrets" / "demo_password").read_text().strip()
        owner, finance = sign_in("owner", demo), sign_in("finance", demo)
        token = must("POST", "/v1/invitations", {"position": "CLERK"}, owner)["token"]
        self.assertEqual(must("POST", "/v1/invitations/previews", {"token": token})["position"], "CLERK")
        must("POST", "/v1/invitations/acceptances", {"token": token, "login": "new.clerk", "name": "新店员", "password": PASSWORD})
        clerk = sign_in("new.clerk", PASSWORD)
        house = must("GET", "/v1/auth/me", token=clerk)["organisation_id"]
        merchants = must("GET", "/v1/merchants?limit=100")["items"]
        own = next(one for one in merchants if one.get("organisation_id") == house)
        other = next(one for one in merchants if one.get("organisation_id") not in (None, house))
        goods = product(own["merchant_id"]) | {"county_code": own["county_code"], "name": "试卖的笋片"}
        goods["skus"] = [goods["skus"][0] | {"gtin": "9520000099985"}]
        must("POST", "/v1/products", goods, clerk)
        goods = goods | {"merchant_id": other["merchant_id"], "county_code": other["county_code"]}
        self.assertEqual(ask("POST", "/v1/products", goods, clerk)[1]["code"], "not-your-merchant")
        # Finance looks on.
        self.assertEqual(ask("POST", "/v1/products", goods, finance)[1]["code"], "role-missing")
        people = must("GET", "/v1/team", token=finance)["items"]
        self.assertIn("new.clerk", [one["login"] for one in people])
        number = next(one["account_id"] for one in people if one["login"] == "new.clerk")
        must("PATCH", f"/v1/team/{number}", {"disabled": True}, owner)
        began = time.monotonic()
        while time.monotonic() < began + 1:
            status, answer, _ = ask("POST", "/v1/products", goods, clerk)
            if status == 401:
                break
        self.assertEqual((status, answer["code"]), (401, "token-revoked"))

    def test_whom_to_call_is_in_no_log(self):
        self.apply("大关县山下竹业专业合作社（示例）", "93530624MA6K00001F", "shanxia.owner")
        logs = b"".join(path.read_bytes() for path in VAR.rglob("*.log"))
        self.assertTrue(logs, "there is no log to look into")
        for secret in (PHONE, PASSWORD, "李明"):
            self.assertNotIn(secret.encode(), logs)


if __name__ == "__main__":
    if sys.argv[1:] == ["--help"]:
        print(__doc__)
        sys.exit(0)
    unittest.main()
