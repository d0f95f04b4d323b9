#!/usr/bin/env python3
"""The year of a product, over HTTP, across the services: applied for, recommended, sent back, reviewed, put to the public.

And what is suspended is not sold any more a second later, whoever has to hear of it first. That a notice ends, which takes
five working days, tests/integration/certification and tests/browser/year.test.mjs turn the clock for. Set by
scripts/lib/with-platform: SHANHAI_TEST_URL, SHANHAI_TEST_VAR.
"""
import datetime
import os
import pathlib
import sys
import time
import unittest
import uuid

from people import ask, must, sign_in

VAR = pathlib.Path(os.environ.get("SHANHAI_TEST_VAR", "var"))


def eventually(condition, limit, what):
    deadline = time.monotonic() + limit
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"{what}: not within {limit} s")
        time.sleep(0.02)


class CertificationTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        demo = (VAR / "secrets" / "demo_password").read_text().strip()
        cls.admin = sign_in("admin", (VAR / "secrets" / "admin_password").read_text().strip())
        cls.staff = {login: sign_in(login, demo)
                     for login in ("merchant", "recommender", "certifier", "operator", "auditor")}

    def step(self, target, who, action, **more):
        return ask("POST", target + "/steps", {"action": action, **more}, self.staff[who], {"If-Match": "*"})

    def own_product(self):
        house = must("GET", "/v1/auth/me", token=self.staff["merchant"])[0]["organisation_id"]
        mine = {one["merchant_id"] for one in must("GET", "/v1/merchants?limit=100")[0]["items"]
                if one.get("organisation_id") == house}
        return next(one for one in must("GET", "/v1/products?limit=100&listed=any")[0]["items"]
                    if one["merchant"]["merchant_id"] in mine)

    def test_a_product_goes_from_its_merchant_to_the_public_notice(self):
        year = datetime.date.today().year + 1
        certifier = self.staff["certifier"]
        tag = must("GET", "/v1/schemes/MINHANG_YOUPIN")[1]["ETag"]
        must("PUT", "/v1/schemes/MINHANG_YOUPIN", {
            "name": "闵行优品", "counties": [], "term_unit": "CALENDAR_YEARS", "term": 1, "notice_days": 5,
            "recommendations": 1, "by_application": True,
            "required_evidence": [], "report_months_max": 0, "price_band_bp": 0, "base_required": False}, certifier, {"If-Match": tag})
        today = datetime.date.today()
        batch = must("POST", "/v1/batches", {
            "scheme": "MINHANG_YOUPIN", "year": year, "applications_from": str(today),
            "applications_until": str(today + datetime.timedelta(30)), "valid_from": f"{year}-01-01",
            "valid_to": f"{year + 1}-01-01"}, certifier)[0]
        product = self.own_product()
        target = must("POST", "/v1/applications", {
            "batch_id": batch["batch_id"], "product_id": product["product_id"], "statement": "鲜笋当日加工",
            "linkage": "与 38 户签有鲜笋收购合同"}, self.staff["merchant"])[1]["Location"]
        self.assertEqual(ask("GET", target, token=certifier)[0], 404, "a draft is its owner's alone")
        self.assertEqual(self.step(target, "merchant", "SUBMIT")[0], 200)
        # The office that was made a moment ago may not be known here yet.
        eventually(lambda: ask("GET", target, token=self.staff["recommender"])[0] == 200, 10, "its county sees it")
        self.assertEqual(self.step(target, "certifier", "BEGIN_REVIEW")[1]["code"], "step-not-now")
        self.assertEqual(self.step(target, "recommender", "RECOMMEND")[1]["state"], "COUNTY_RECOMMENDED")
        self.assertEqual(self.step(target, "certifier", "BEGIN_REVIEW")[0], 200)
        self.assertEqual(self.step(target, "certifier", "RETURN", reason="缺检测报告")[1]["state"], "DRAFT")
        for who, action in (("merchant", "SUBMIT"), ("recommender", "RECOMMEND"), ("certifier", "BEGIN_REVIEW"),
                            ("certifier", "PUBLISH_NOTICE")):
            status, answer, _ = self.step(target, who, action)
            self.assertEqual(status, 200, f"{action}: {answer}")
        notices = must("GET", "/v1/notices")[0]["items"]
        self.assertIn(product["product_id"], [one["product_id"] for one in notices])
        application = notices[0]["application_id"]
        objection = must("POST", f"/v1/notices/{application}/objections", {"text": "原料不是本县的鲜笋"})[0]
        must("POST", f"/v1/objections/{objection['objection_id']}/answer", {"answer": "已核查，均产自本县"}, certifier)
        self.assertEqual(self.step(target, "certifier", "CERTIFY", number="MHYP-1")[1]["code"], "notice-open")
        steps = must("GET", target, token=self.staff["auditor"])[0]["steps"]
        self.assertEqual([one["action"] for one in steps],
                         ["SUBMIT", "RECOMMEND", "BEGIN_REVIEW", "RETURN", "SUBMIT", "RECOMMEND", "BEGIN_REVIEW",
                          "PUBLISH_NOTICE"])

    def test_what_is_suspended_is_not_sold(self):
        product = next(one for one in must("GET", "/v1/products?limit=100")[0]["items"]
                       if one["saleable"] and [c["scheme"] for c in one["certifications"] if c["valid_now"]] == ["MINHANG_YOUPIN"])
        sku = product["skus"][0]

        def order():
            return ask("POST", "/v1/orders", {
                "lines": [{"sku_id": sku["sku_id"], "quantity": 1, "price_version": sku["price_version"]}],
                "receiver": {"name": "陈静", "phone": "13800138000", "region_code": "310112", "address": "沪闵路6258号502室"},
            }, headers={"Idempotency-Key": str(uuid.uuid4())})

        eventually(lambda: order()[0] == 201, 30, "it is sold")
        given = next(one for one in product["certifications"] if one["valid_now"])
        target = f"/v1/certifications/{given['certification_id']}/state"
        must("POST", target, {"state": "SUSPENDED", "reason": "抽检不合格"}, self.staff["certifier"])
        eventually(lambda: order()[0] != 201, 10, "nobody buys it any more")
        eventually(lambda: not must("GET", f"/v1/products/{product['product_id']}")[0]["saleable"], 10, "the shop says so")
        must("POST", target, {"state": "CERTIFIED", "reason": "复检合格"}, self.staff["certifier"])
        eventually(lambda: order()[0] == 201, 10, "it is sold again")


if __name__ == "__main__":
    if sys.argv[1:] == ["--help"]:
        print(__doc__)
        sys.exit(0)
    unittest.main()
