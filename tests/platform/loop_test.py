#!/usr/bin/env python3
"""Nothing that the platform does for anybody keeps a loop for 5 ms: everybody else on that loop would wait.

Drives the hot operations and the large answers of a running platform with the sample data, packed and not, and reads
`shanhai_loop_stall_seconds` on the internal port. The platform must have been started with SHANHAI_LOOP_CLOCK=cpu, so
that only its own processor time counts. On a shared machine that holds what the host took away from it as well: a list
of twelve constant categories "works" 5 ms now and then. So all is done up to three times, from new orders on, and what
keeps a loop each time fails. Set by scripts/lib/with-platform: SHANHAI_TEST_URL, SHANHAI_TEST_INTERNAL_URL,
SHANHAI_TEST_VAR.
"""
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import time
import unittest
import urllib.error
import urllib.parse
import urllib.request
import uuid

ROOT = pathlib.Path(__file__).resolve().parents[2]
BASE = os.environ.get("SHANHAI_TEST_URL", "http://127.0.0.1:8080").rstrip("/")
INTERNAL = os.environ.get("SHANHAI_TEST_INTERNAL_URL", "http://127.0.0.1:8081").rstrip("/")
VAR = pathlib.Path(os.environ.get("SHANHAI_TEST_VAR", "var"))
LIMIT_SECONDS = 0.005
ROUNDS = 40
TRIES = 3


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


OPENER = urllib.request.build_opener(NoRedirect)


def send(base, path, method="GET", body=None, headers=None):
    data = None if body is None else json.dumps(body).encode()
    every = {"Content-Type": "application/json", **(headers or {})}
    request = urllib.request.Request(base + path, data=data, headers=every, method=method)
    try:
        with OPENER.open(request, timeout=30) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code, answer.read()


def signed_in(login, secret):
    password = (VAR / "secrets" / secret).read_text().strip()
    status, body = send(BASE, "/v1/auth/login", "POST", {"login": login, "password": password})
    assert status == 200, body
    return {"Authorization": "Bearer " + json.loads(body)["access_token"]}


def stalls():
    """{route: how many pieces of its work took longer than the limit}."""
    _, text = send(INTERNAL, "/metrics")
    within, every = {}, {}
    for line in text.decode().splitlines():
        match = re.match(r'shanhai_loop_stall_seconds_(bucket|count)\{(.*)\} (\S+)$', line)
        if not match:
            continue
        route = re.search(r'route="([^"]*)"', match[2])[1]
        edge = re.search(r'le="([^"]*)"', match[2])
        if match[1] == "count":
            every[route] = int(float(match[3]))
        elif edge and float(edge[1]) == LIMIT_SECONDS:
            within[route] = int(float(match[3]))
    if not every:
        raise AssertionError("the platform does not measure its loops")
    return {route: count - within.get(route, 0) for route, count in every.items() if count > within.get(route, 0)}


def first_month(auditor):
    """The newest month of the ledger: a sale enters it when everything of its moment is known."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        _, months = send(BASE, "/v1/audit/months", headers=auditor)
        if items := json.loads(months)["items"]:
            return items[0]
        time.sleep(0.1)
    raise AssertionError("no sale of the sample data entered the ledger")


class Loops(unittest.TestCase):
    def test_nothing_keeps_a_loop_for_long(self):
        auditor = signed_in("auditor", "demo_password")
        every = []
        for _ in range(TRIES):
            before = stalls()
            self.use_everything(auditor)
            every.append({route: count - before.get(route, 0) for route, count in stalls().items()
                          if count > before.get(route, 0)})
            if not set.intersection(*map(set, every)):
                return
        self.fail(f"pieces of work above 5 ms in each of {TRIES} tries, by route: {every}")

    def use_everything(self, auditor):
        code = subprocess.run(["zbarimg", "-q", "--raw", os.environ["SHANHAI_TEST_CODE_PNG"]], check=True,
                              stdout=subprocess.PIPE, text=True).stdout.strip()
        subprocess.run([ROOT / "scripts" / "seed", "--orders", "40"], check=True, stdout=subprocess.DEVNULL)
        month = first_month(auditor)
        _, product = send(BASE, "/v1/products/1")
        sold = json.loads(product)["skus"][0]
        sku = sold["sku_id"]

        wanted = ["/", "/p/1", "/docs/", "/docs/openapi.json", "/s/" + code.rsplit("/", 1)[1], "/v1/products", "/v1/products?limit=100",
                  "/v1/products?q=茶", "/v1/products/1", "/v1/counties", "/v1/pairings?limit=100", "/v1/categories",
                  "/v1/merchants?limit=100", "/v1/certifications?limit=100", "/v1/origin-cards/products/1", f"/v1/stock/{sku}",
                  "/log/checkpoint", "/log/key", "/log/tile/0/000", "/.well-known/jwks.json", "/nothing/here"]
        staff = [f"/v1/audit/report?month={month}&by=county", "/v1/audit/months", f"/v1/audit/recomputation?month={month}",
                 "/v1/placements?limit=100", "/v1/placements/1/code.png?size=1024", "/v1/placements/1/code.svg",
                 "/v1/audit/entries/0", "/v1/audit/entries/0/proof"]

        def ask(number):
            packed = {"Accept-Encoding": "gzip"} if number % 2 else {}
            for path in wanted:
                send(BASE, urllib.parse.quote(path, safe="/?=&.{}"), headers=packed)
            for path in staff:
                send(BASE, path, headers={**auditor, **packed})
            send(BASE, "/v1/orders", "POST", {
                "lines": [{"sku_id": sku, "quantity": 1, "price_version": sold["price_version"]}],
                "receiver": {"name": "陈静", "phone": f"138{number:08d}", "region_code": "310112", "address": "沪闵路6258号502室"},
            }, {"Idempotency-Key": str(uuid.uuid4())})

        with concurrent.futures.ThreadPoolExecutor(8) as people:
            list(people.map(ask, range(ROUNDS)))


if __name__ == "__main__":
    if sys.argv[1:] == ["--help"]:
        print(__doc__)
        sys.exit(0)
    unittest.main()
