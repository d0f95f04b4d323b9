#!/usr/bin/env python3
"""Exactly those may do something whom proto/operations.csv names: every operation is tried by everybody.

Everybody is a guest, a merchant of the organisation concerned and of another one, a merchant's owner and finance, an
operator, a certifier, an auditor and an administrator, and two API keys of a house. Whether somebody got past the gate is told by the code of a refusal: 401 `token-…` and
403 `role-missing` are the gate's, everything else comes from behind it. Where the table says «own», a merchant of
another organisation must be refused with 403 `not-your-merchant` and one of the own must not. The platform is at
SHANHAI_TEST_URL, with the sample data; its secrets are below SHANHAI_TEST_VAR (scripts/lib/with-platform sets both).
"""
import datetime
import json
import os
import pathlib
import re
import sys
import time
import unittest
import urllib.error
import urllib.request
import uuid

root = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(root / "scripts" / "lib"))
import operations  # noqa: E402

BASE = os.environ.get("SHANHAI_TEST_URL", "http://127.0.0.1:8080").rstrip("/")
INTERNAL = os.environ.get("SHANHAI_TEST_INTERNAL_URL", "http://127.0.0.1:8081").rstrip("/")
TABLE = operations.read(root / "proto" / "operations.csv")
GATE = {"token-missing", "token-invalid", "token-expired", "token-revoked", "role-missing", "scope-missing",
        "person-needed", "revocations-unknown"}
PASSWORD = "nine crooked lanterns above the river"


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


OPENER = urllib.request.build_opener(NoRedirect)


def ask(method, path, body=None, token=None, base=BASE, headers=None):
    """(status, the answer's JSON or {}) of one exchange."""
    table = isinstance(body, str)
    data = None if body is None else (body if table else json.dumps(body)).encode()
    request = urllib.request.Request(base + path, method=method, data=data, headers=dict(headers or {}))
    if body is not None:
        request.add_header("Content-Type", "text/csv" if table else "application/json")
    if token:
        request.add_header("Authorization", "Bearer " + token)
    try:
        with OPENER.open(request, timeout=30) as answer:
            return answer.status, read(answer)
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code, read(answer)


def read(answer):
    text = answer.read()
    return json.loads(text) if "json" in answer.headers.get_content_type() and text else {}


def must(*arguments, **named):
    status, body = ask(*arguments, **named)
    assert status < 300, f"{arguments[:2]}: {status} {body}"
    return body


def secret(name):
    return (pathlib.Path(os.environ["SHANHAI_TEST_VAR"]) / "secrets" / name).read_text().strip()


def sign_in(login, password):
    return must("POST", "/v1/auth/login", {"login": login, "password": password})["access_token"]


def path_of(operation):
    """Some path of the operation: what it names need not exist, for the gate stands before."""
    values = {"county_code": "530624", "order_number": "SH2026050401234567897", "token": "none",
              "attempt_number": "none", "provider": "none", "path...": "none.html"}
    return re.sub(r"{([^}]+)}", lambda name: values.get(name[1], "1"), operation.path)


class RightsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        demo = secret("demo_password")
        admin = sign_in("admin", secret("admin_password"))
        cls.people = {"admin": admin, **{role: sign_in(role, demo) for role in ("merchant", "certifier", "operator", "auditor")}}
        made = must("POST", "/v1/organisations", {"name": "别家合作社（示例）", "kind": "MERCHANT"}, admin)
        ask("POST", "/v1/accounts", {"login": "merchant.elsewhere", "name": "别家店员", "roles": ["merchant"],
                                     "organisation_id": made["organisation_id"], "password": PASSWORD}, admin)
        cls.people["merchant elsewhere"] = sign_in("merchant.elsewhere", PASSWORD)
        for position in ("owner", "finance"):
            ask("POST", "/v1/accounts", {"login": position + ".elsewhere", "name": "别家的人", "roles": ["merchant"], "password": PASSWORD,
                                         "organisation_id": made["organisation_id"], "position": position.upper()}, admin)
            cls.people[position] = sign_in(position + ".elsewhere", PASSWORD)
        cls.people["guest"] = None

    def may(self, who, operation):
        role = who.split()[0]
        if "public" in operation.who or (who == "guest" and {"order", "applicant", "uploader"} & set(operation.who)):
            return True
        if who == "guest":
            return False
        if operation.who in (["order"], ["applicant"], ["uploader"]):
            return True  # The gate knows no such key: the service whose it is asks for it, and nothing else.
        # An owner is a merchant, too.
        return "account" in operation.who or role in operation.roles or (role == "owner" and "merchant" in operation.roles)

    def test_everybody_gets_exactly_as_far_as_the_table_says(self):
        tried = 0
        for operation in TABLE:
            if operation.port == "internal" or operation.name == "logOutEverywhere":
                continue  # That would end this test; it has its own below.
            for who, token in self.people.items():
                with self.subTest(f"{who}: {operation.name}"):
                    status, body = ask(operation.method, path_of(operation), None if operation.method == "GET" else {}, token)
                    tried += 1
                    code = body.get("code")
                    if self.may(who, operation):
                        self.assertNotIn(code, GATE, body)
                    else:
                        wanted = (401, "token-missing") if who == "guest" else (403, "role-missing")
                        self.assertEqual((status, code), wanted)
        print(f"{tried} times somebody tried something")
        self.assertGreater(tried, 7 * 60)

    def key_with(self, scopes):
        """The token of an API key with these scopes."""
        made = must("POST", "/v1/api-keys", {"name": "测试", "scopes": scopes, "password": PASSWORD, "days": 1}, self.people["owner"])
        return must("POST", "/v1/auth/tokens", {"api_key": made["api_key"]})["access_token"]

    def test_api_keys_get_exactly_as_far_as_their_scopes_say(self):
        all_scopes = sorted({one.key_scope for one in TABLE if one.key_scope})
        for scopes in (all_scopes, ["screens:read"]):
            token = self.key_with(scopes)
            for operation in TABLE:
                if operation.port == "internal" or not operation.signs_in:
                    continue
                with self.subTest(f"{scopes}: {operation.name}"):
                    status, body = ask(operation.method, path_of(operation), None if operation.method == "GET" else {}, token)
                    if operation.key_scope in scopes:
                        self.assertNotIn(body.get("code"), GATE, body)
                        continue
                    if "public" in operation.who and operation.method == "GET":
                        self.assertNotIn(body.get("code"), GATE, body)  # It reads what everybody reads.
                        continue
                    may = "account" in operation.who or "merchant" in operation.roles
                    wanted = "role-missing" if not may else "scope-missing" if operation.key_scope else "person-needed"
                    self.assertEqual((status, body.get("code")), (403, wanted))

    def test_merchants_act_for_their_own_organisation_only(self):
        own = must("GET", "/v1/auth/me", token=self.people["merchant"])["organisation_id"]
        merchant = next(one for one in must("GET", "/v1/merchants?limit=100")["items"] if one.get("organisation_id") == own)
        merchant_id = merchant["merchant_id"]
        products = [one for one in must("GET", "/v1/products?limit=100&listed=any")["items"]
                    if one["merchant"]["merchant_id"] == merchant_id]
        lot = next(lot for one in products for sku in one["skus"]
                   for lot in must("GET", f"/v1/lots?limit=1&sku_id={sku['sku_id']}")["items"])
        product = next(one for one in products if lot["sku_id"] in [sku["sku_id"] for sku in one["skus"]])
        sku = product["skus"][0]
        today = datetime.date.today()
        bundle = must("POST", "/v1/bundles", {
            "merchant_id": merchant_id, "name": "两袋装", "summary": "两袋", "price_fen": sku["price_fen"], "listed": True,
            "components": [{"sku_id": sku["sku_id"], "quantity": 2}]}, token=self.people["merchant"])
        tries = {
            "addProduct": ("/v1/products", {
                "merchant_id": merchant_id, "county_code": merchant["county_code"], "name": "试卖的笋干", "category": "food_processed",
                "summary": "笋干", "description": "笋干", "storage": "阴凉干燥处", "shelf_life_days": 365,
                "origin_statement": "产自大关县", "return_policy": "SEVEN_DAY", "purchase_mode": "DIRECT_PURCHASE",
                "listed": False, "skus": [{"gtin": "6901234567892", "name": "500 g", "net_content_g": 500, "price_fen": 1990}]}),
            "addProductVersion": (f"/v1/products/{product['product_id']}/versions", {
                "name": "笋干", "summary": "笋干", "description": "笋干", "storage": "阴凉干燥处", "shelf_life_days": 365,
                "origin_statement": "产自大关县"}),
            "setProductListed": (f"/v1/products/{product['product_id']}/listing", {"listed": True}),
            "changeServicePhone": (f"/v1/merchants/{merchant_id}/service-phone", {"service_phone": "400-810-1234"}),
            "addBundle": ("/v1/bundles", {
                "merchant_id": merchant_id, "name": "试卖的礼盒", "summary": "两袋", "price_fen": sku["price_fen"],
                "components": [{"sku_id": sku["sku_id"], "quantity": 2}]}),
            "changeBundle": (f"/v1/bundles/{bundle['bundle_id']}", {
                "name": bundle["name"], "summary": bundle["summary"], "image": None, "price_fen": bundle["price_fen"],
                "components": [{"sku_id": sku["sku_id"], "quantity": 2}]}),
            "setBundleListed": (f"/v1/bundles/{bundle['bundle_id']}/listing", {"listed": True}),
            "addPrice": (f"/v1/skus/{sku['sku_id']}/prices", {"price_fen": sku["price_fen"] + 1}),
            "listOrders": (f"/v1/orders?merchant_id={merchant_id}", None),
            "getSales": (f"/v1/sales?merchant_id={merchant_id}", None),
            "getSalesAsCsv": (f"/v1/sales.csv?merchant_id={merchant_id}", None),
            "listStockThresholds": (f"/v1/stock/thresholds?sku_ids={sku['sku_id']}", None),
            "setStockThresholds": (f"/v1/stock/{sku['sku_id']}/thresholds", {"low_stock_below": 20, "near_expiry_days": 60}),
            "addBase": ("/v1/bases", {"merchant_id": merchant_id, "name": "试种的一块地", "county_code": merchant["county_code"],
                                      "place": "笋山", "crop": "笋", "area_mu": 10, "yearly_yield_kg": 1000}),
            "addLot": ("/v1/lots", {"base_id": lot["base_id"], "sku_id": sku["sku_id"], "code": "TRY-1", "quantity_kg": 1,
                                    "production_date": str(today)}),
            "blockLot": (f"/v1/lots/{lot['lot_id']}/block", {"reason": "试一试"}),
            "setLotPapers": (f"/v1/lots/{lot['lot_id']}/papers", {"test_report_no": "QC-1", "conformity_certificate_no": None}),
            "changeBase": (f"/v1/bases/{lot['base_id']}", {}),
            "listBaseChanges": (f"/v1/bases/{lot['base_id']}/changes", None),
            "listLotChanges": (f"/v1/lots/{lot['lot_id']}/changes", None),
            "draftApplication": ("/v1/applications", {
                "batch_id": 1, "product_id": product["product_id"], "statement": "好", "linkage": "带动十户"}),
            "getApplication": ("/v1/applications/1", None),
            "editApplication": ("/v1/applications/1", {
                "statement": "好", "linkage": "带动十户", "households": None, "people": None, "evidence": []}),
            "announcePicture": ("/v1/pictures", {"name": "笋.png", "media_type": "image/png", "size_bytes": 9, "sha256": "0"}),
            "getPicture": ("/v1/pictures/1", None),
            "appendToPicture": ("/v1/pictures/1", None),
            "announceEvidence": ("/v1/evidence", {"name": "报告.pdf", "media_type": "application/pdf", "size_bytes": 9,
                                                  "sha256": "0"}),
            "getEvidence": ("/v1/evidence/1", None),
            "appendToEvidence": ("/v1/evidence/1", None),
            "readEvidence": ("/v1/evidence/1/original", None),
            "renewApplication": ("/v1/applications/1/renewals", {"batch_id": 1}),
            "moveApplication": ("/v1/applications/1/steps", {"action": "SUBMIT"}),
            "importProducts": ("/v1/products/imports", products_table(merchant)),
            "exportProducts": (f"/v1/products/export.csv?merchant_id={merchant_id}", None),
            "importLots": ("/v1/lots/imports", "base_id,sku_id,lot_code,production_date,quantity\n"
                                               f"{lot['base_id']},{lot['sku_id']},TRY-1,{today},1\n"),
            "exportLots": (f"/v1/lots/export.csv?merchant_id={merchant_id}", None),
            "addSku": (f"/v1/products/{product['product_id']}/skus", {
                "gtin": "6901234567892", "name": "试卖的一袋", "net_content_g": 500, "price_fen": 1990}),
        }
        owned = {one.name for one in TABLE if one.scope == "own"}
        self.assertEqual(owned - set(tries), set(), "an operation that is for the own organisation is not tried here")
        refused = 0
        for name, (path, body) in sorted(tries.items()):
            seen = {"addProductVersion": f"/v1/products/{product['product_id']}", "changeBundle": path,
                    "setLotPapers": f"/v1/lots/{lot['lot_id']}"}.get(name)
            headers = {"If-Match": etag(seen)} if seen else {}
            with self.subTest(name):
                method = next(one.method for one in TABLE if one.name == name)
                status, answer = ask(method, path, body, self.people["merchant elsewhere"], headers=headers)
                self.assertGreaterEqual(status, 400, f"another organisation may {name}")
                refused += answer.get("code") == "not-your-merchant"
                _, answer = ask(method, path, body, self.people["merchant"], headers=headers)
                self.assertNotEqual(answer.get("code"), "not-your-merchant")
        self.assertGreaterEqual(refused, 4, "most of these bodies should come as far as the question whose it is")

    def answered(self, path, token, wanted):
        """Its status as soon as it is the wanted one, at the latest in ten seconds."""
        latest = time.monotonic() + 10
        while (status := ask("GET", path, token=token)[0]) != wanted and time.monotonic() < latest:
            time.sleep(0.05)
        return status

    def test_the_public_knows_only_of_what_is_or_was_listed(self):
        own = must("GET", "/v1/auth/me", token=self.people["merchant"])["organisation_id"]
        merchant = next(one for one in must("GET", "/v1/merchants?limit=100")["items"] if one.get("organisation_id") == own)
        body = {"merchant_id": merchant["merchant_id"], "county_code": merchant["county_code"], "name": "还没上架的笋干",
                "category": "food_processed", "summary": "笋干", "description": "笋干", "storage": "阴凉干燥处", "shelf_life_days": 365,
                "origin_statement": "产自大关县", "return_policy": "SEVEN_DAY", "purchase_mode": "DIRECT_PURCHASE", "listed": False,
                "skus": [{"gtin": "9529999000019", "name": "500 g", "net_content_g": 500, "price_fen": 1990}]}
        product = must("POST", "/v1/products", body, self.people["merchant"])
        path, sku = f"/v1/products/{product['product_id']}", product["skus"][0]["sku_id"]
        receiver = {"name": "陈静", "phone": "13800138000", "region_code": "310112", "address": "沪闵路6258号502室"}
        elsewhere = (f"/v1/stock/{sku}", f"/v1/origin-cards/products/{product['product_id']}")
        for place in elsewhere:  # The other services learn of it a moment later.
            self.assertEqual(self.answered(place, self.people["merchant"], 200), 200, place)
        people = {**self.people, "a key of another house": self.key_with(["goods:write"]), "a key of screens": self.key_with(["screens:read"])}
        for who, token in people.items():
            with self.subTest(who):
                knows = who in ("merchant", "operator", "certifier", "auditor")
                self.assertEqual(ask("GET", path, token=token)[0], 200 if knows else 404)
                self.assertEqual(ask("GET", path + "/versions", token=token)[0], 200 if knows else 404)
                found = must("GET", f"/v1/products?listed=any&merchant_id={merchant['merchant_id']}&limit=100", token=token)["items"]
                self.assertEqual(product["product_id"] in [one["product_id"] for one in found], knows)
                if not knows:
                    self.assertEqual(must("GET", f"/v1/prices/lowest?sku_ids={sku}", token=token)["items"], [])
                for place in elsewhere:
                    self.assertEqual(ask("GET", place, token=token)[0], 200 if knows else 404, place)
                bought = ask("POST", "/v1/orders", {"lines": [{"sku_id": sku, "quantity": 1, "price_version": 1}], "receiver": receiver},
                             headers={"Idempotency-Key": str(uuid.uuid4())})
                self.assertEqual(bought[1]["code"], "sku-unknown")
        for page in (f"/p/{product['product_id']}", "/b/999999999"):
            self.assertEqual(ask("GET", page, headers={"Accept": "text/html"})[0], 404)
        must("POST", path + "/listing", {"listed": True}, self.people["merchant"])
        must("POST", path + "/listing", {"listed": False}, self.people["merchant"])
        self.assertIs(must("GET", path)["listed"], False)

    def test_a_merchants_token_says_nothing_after_its_account_was_disabled(self):
        admin = self.people["admin"]
        ask("POST", "/v1/accounts", {"login": "short.stay", "name": "短工", "roles": ["operator"], "password": PASSWORD}, admin)
        everybody = must("GET", "/v1/accounts?limit=100", token=admin)["items"]
        number = next(one["account_id"] for one in everybody if one["login"] == "short.stay")
        ask("POST", f"/v1/accounts/{number}/state", {"disabled": False}, admin)
        token = sign_in("short.stay", PASSWORD)
        self.assertEqual(ask("POST", "/v1/skus/1/prices", {}, token)[0], 422)
        self.assertEqual(ask("POST", f"/v1/accounts/{number}/state", {"disabled": True}, admin)[0], 204)
        deadline = datetime.datetime.now() + datetime.timedelta(seconds=1)
        while datetime.datetime.now() < deadline:
            status, body = ask("POST", "/v1/skus/1/prices", {}, token)
            if status == 401:
                break
        self.assertEqual((status, body.get("code")), (401, "token-revoked"))

    def test_whoever_is_signed_in_may_sign_out_everywhere(self):
        self.assertEqual(ask("POST", "/v1/auth/logout-all")[1].get("code"), "token-missing")
        for role in ("merchant", "certifier", "operator", "auditor"):
            with self.subTest(role):
                token = sign_in("leaves." + role, PASSWORD) if self.hired(role) else None
                self.assertEqual(ask("POST", "/v1/auth/logout-all", token=token)[0], 204)

    def hired(self, role):
        body = {"login": "leaves." + role, "name": "要走的人", "roles": [role], "password": PASSWORD}
        status, made = ask("POST", "/v1/accounts", body, self.people["admin"])
        if status == 201:  # No telephone here shows codes.
            must("POST", f"/v1/accounts/{made['account_id']}/second-factor", {"required": False}, self.people["admin"])
        return status in (201, 409)

    def test_the_internal_port_asks_for_the_key_of_each_class(self):
        for operation in TABLE:
            if operation.port == "public":
                continue
            with self.subTest(operation.name):
                status, _ = ask(operation.method, path_of(operation), None if operation.method == "GET" else {}, base=INTERNAL)
                if operation.who == ["public"]:
                    self.assertIn(status, (200, 503))
                elif status != 404:  # Backfill is off unless it is asked for.
                    self.assertEqual(status, 401)
                wrong = {"Shanhai-Internal-Key": "guessed", "Authorization": "Bearer " + self.people["admin"]}
                if operation.who != ["public"] and status != 404:
                    body = None if operation.method == "GET" else {}
                    self.assertEqual(ask(operation.method, path_of(operation), body, base=INTERNAL, headers=wrong)[0], 401)

    def test_the_public_port_serves_nothing_of_the_internal_one(self):
        for operation in TABLE:
            if operation.path.startswith("/internal/"):
                with self.subTest(operation.name):
                    self.assertIn(ask(operation.method, path_of(operation))[0], (404, 405))


def products_table(merchant):
    """With a line that comes as far as the question whose it is."""
    return ("merchant_id,county_code,name,category,summary,description,storage,shelf_life_days,origin_statement,return_policy,purchase_mode,"
            "gtin,sku_name,net_content_g,price_yuan\n"
            f"{merchant['merchant_id']},{merchant['county_code']},试卖的笋丝,food_processed,笋丝,笋丝,阴凉干燥处,365,产自大关县,SEVEN_DAY,"
            "DIRECT_PURCHASE,9521234567899,一袋,500,0\n")


def etag(path):
    with OPENER.open(BASE + path, timeout=30) as answer:
        return answer.headers["ETag"]


if __name__ == "__main__":
    unittest.main()
