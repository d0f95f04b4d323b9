"""Every list that a page of the desk asks for, as the page asks for it: how long it takes, the slowest first.

usage: lists.py URL SECRETS     SECRETS is the platform's folder of secrets; ROUNDS (30) is how often each is asked
"""
import datetime
import http.client
import json
import os
import pathlib
import statistics
import sys
import time
import urllib.parse

BAR_MS = 100
ROUNDS = int(os.environ.get("ROUNDS", "30"))
TOKEN_SECONDS = 120
DEEP = 20  # Pages: as far as readAll() of the desk goes.
THIS_YEAR = datetime.date.today().year
MONTH = f"{THIS_YEAR}-{datetime.date.today().month:02}"

APPLICATION_STATES = ["SUBMITTED", "COUNTY_RECOMMENDED", "UNDER_REVIEW", "PUBLIC_NOTICE", "CERTIFIED", "REJECTED", "WITHDRAWN"]
STANDINGS = ["CERTIFIED", "SUSPENDED", "EXPIRED", "REVOKED", "WITHDRAWN"]
ONBOARDING_STATES = ["SUBMITTED", "VERIFIED_ONCE", "RETURNED", "VERIFIED", "REJECTED", "WITHDRAWN"]
WORDS = ["笋干", "古树茶 99", "别名100999", "没有这样的东西", "09520000", "一县一品"]


def applications():
    """office/ApplicationListPage, DueToday, YearPage; the certifier of a county sees what is in her county."""
    for login in ["certifier", "certifier.yulong", "merchant", "operator", "auditor"]:
        yield login, "/v1/applications"
        for state in APPLICATION_STATES + (["DRAFT"] if login == "merchant" else []):
            yield login, f"/v1/applications?state={state}"
        for batch in [1001, 1004, 1008]:
            yield login, f"/v1/applications?batch_id={batch}"
        yield login, "/v1/applications?state=UNDER_REVIEW&batch_id=1004"
    for login in ["certifier", "certifier.yulong"]:
        yield login, "/v1/applications/due"
        yield login, f"/v1/years/{THIS_YEAR}/figures"
        yield login, f"/v1/applications?year={THIS_YEAR}&scheme=MINHANG_YOUPIN&step=SUBMIT"
    yield "merchant", "/v1/applications?limit=100"
    yield None, "/v1/notices"


def certifications():
    """office/CertificationListPage, EndingPage, EndingCard, ProposalListPage, CertificationPage, EditionListPage."""
    yield "certifier", "/v1/certifications"
    for state in STANDINGS:
        yield "certifier", f"/v1/certifications?state={state}"
        yield "certifier", f"/v1/certifications?scheme=BAIXIAN_BAIPIN&year={THIS_YEAR}&state={state}"
    for query in ["scheme=MINHANG_YOUPIN", "scheme=COUNTY_RECOGNITION", f"year={THIS_YEAR}", f"year={THIS_YEAR - 2}"]:
        yield "certifier", f"/v1/certifications?{query}"
    for login in ["certifier", "certifier.yulong", "merchant", "operator", "auditor"]:
        for days in [60, 30, 14]:
            yield login, f"/v1/certifications/expiring?within_days={days}"
        yield login, "/v1/certifications/expiring?within_days=60&limit=100"
    for login in ["certifier", "auditor"]:
        yield login, "/v1/proposals"
        for outcome in ["WAITING", "AGREED", "REFUSED", "OVERTAKEN"]:
            yield login, f"/v1/proposals?outcome={outcome}"
        yield login, "/v1/proposals?outcome=WAITING&limit=100"
        yield login, "/v1/proposals?certification_id=21010&outcome=WAITING&limit=100"
    yield "certifier", "/v1/editions?limit=100"
    yield "certifier", f"/v1/editions?scheme=MINHANG_YOUPIN&year={THIS_YEAR}&limit=100"
    yield "certifier", "/v1/schemes?limit=100"
    yield "certifier", "/v1/batches?limit=100"


def goods():
    """goods/ProductListPage, StockPage, LotListPage, BaseListPage, their parts and choices."""
    for login, house in [("operator", None), ("operator", 2500), ("merchant", 8)]:
        of_house = f"&merchant_id={house}" if house else ""
        yield login, f"/v1/products?listed=any{of_house}"
        for word in WORDS:
            yield login, f"/v1/products?listed=any&q={urllib.parse.quote(word)}{of_house}"
    yield "merchant", "/v1/products?listed=any&merchant_id=8&limit=100"
    yield "operator", f"/v1/products?q={urllib.parse.quote('蜂蜜')}&limit=20"
    yield "merchant", "/v1/products/1005/versions"
    for path in ["/v1/lots", "/v1/bases"]:
        yield "operator", path
        for house in [8, 1001, 2500, 3000]:
            yield "operator", f"{path}?merchant_id={house}"
        yield "merchant", f"{path}?merchant_id=8&limit=100"
    yield "operator", "/v1/bases?limit=100"
    yield "operator", "/v1/lots?product_id=90000"
    yield "operator", "/v1/lots?merchant_id=8&product_id=1001"
    yield "merchant", "/v1/lots?sku_id=1001&limit=100"
    yield "merchant", "/v1/stock/1001"
    yield "operator", "/v1/stock/1001/journal?limit=20"
    yield "operator", "/v1/stock/90000/journal?limit=20"


def platform():
    """platform/*, people/TeamPage, known.ts."""
    yield "operator", "/v1/merchants"
    yield "operator", "/v1/merchants?limit=100"
    yield "operator", "/v1/merchants?county=530624"
    yield "merchant", "/v1/merchants?organisation_id=1&limit=100"
    yield "operator", "/v1/merchant-checks?due_within_days=60&limit=100"
    yield "operator", "/v1/onboardings"
    for state in ONBOARDING_STATES:
        yield "operator", f"/v1/onboardings?state={state}"
    yield "operator", "/v1/onboardings?state=SUBMITTED&limit=100"
    yield "operator", "/v1/organisations"
    yield "certifier", "/v1/organisations?limit=100"
    yield "certifier", "/v1/counties?limit=100"
    yield None, "/v1/categories"
    yield "admin", "/v1/accounts"
    yield "owner", "/v1/team"
    yield "owner", "/v1/invitations"
    yield "operator", "/v1/placements"
    yield "operator", "/v1/placements?limit=100"
    yield "operator", "/v1/placements/1001/scans"
    yield "operator", "/v1/campaigns?limit=100"
    yield "auditor", "/v1/audit/months"
    yield "auditor", f"/v1/audit/report?month={MONTH}&by=county"


class Client:
    def __init__(self, url, secrets):
        address = urllib.parse.urlsplit(url)
        self.connection = http.client.HTTPConnection(address.hostname, address.port, timeout=60)
        self.secrets = pathlib.Path(secrets)
        self.tokens = {}

    def ask(self, method, target, token=None, body=None):
        headers = {}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        if body is not None:
            headers["Content-Type"] = "application/json"
        self.connection.request(method, target, None if body is None else json.dumps(body), headers)
        answer = self.connection.getresponse()
        content = answer.read()
        if answer.status != 200:
            sys.exit(f"{method} {target}: {answer.status} {content[:300].decode(errors='replace')}")
        return content

    def token_of(self, login):
        """Of somebody who signed in a moment ago: a token lives for ten minutes."""
        if login is None:
            return None
        token, since = self.tokens.get(login, (None, 0))
        if time.monotonic() - since > TOKEN_SECONDS:
            secret = "admin_password" if login == "admin" else "demo_password"
            password = (self.secrets / secret).read_text().strip()
            answer = self.ask("POST", "/v1/auth/login", body={"login": login, "password": password})
            token = json.loads(answer)["access_token"]
            self.tokens[login] = token, time.monotonic()
        return token


def with_cursor(target, cursor):
    return target if cursor is None else f"{target}{'&' if '?' in target else '?'}cursor={urllib.parse.quote(cursor)}"


def pages_of(client, token, target):
    """The first page and the deepest that is looked at."""
    yield 1, target
    deepest, page = None, 1
    while page < DEEP:
        cursor = json.loads(client.ask("GET", with_cursor(target, deepest), token)).get("next")
        if cursor is None:
            break
        deepest, page = cursor, page + 1
    if deepest is not None:
        yield page, with_cursor(target, deepest)


def measured(client, token, target):
    took = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        content = client.ask("GET", target, token)
        took.append((time.perf_counter() - begun) * 1000)
    took.sort()
    return statistics.median(took), took[min(len(took) - 1, int(len(took) * 0.95))], took[-1], len(content)


def as_pages_ask(target):
    """useList() asks for 30; readAll() and some pages say otherwise."""
    whole = any(part in target for part in ["/versions", "/stock/", "/scans", "/audit/", "/categories", "/due", "/figures"])
    return target if whole or "limit=" in target else f"{target}{'&' if '?' in target else '?'}limit=30"


def main():
    client = Client(sys.argv[1], sys.argv[2])
    rows = []
    for login, target in [*applications(), *certifications(), *goods(), *platform()]:
        token = client.token_of(login)
        asked = as_pages_ask(target)
        for page, address in pages_of(client, token, asked):
            rows.append((*measured(client, token, address), login or "everybody", page, urllib.parse.unquote(asked)))
    rows.sort(reverse=True)
    print(f"{'median ms':>9} {'p95':>7} {'worst':>7} {'KB':>5} {'page':>4}  who, what")
    for median, p95, worst, size, login, page, asked in rows:
        mark = "  > 100 ms" if p95 > BAR_MS else ""
        print(f"{median:9.1f} {p95:7.1f} {worst:7.1f} {size / 1024:5.0f} {page:4}  {login} {asked}{mark}")
    slow = sum(row[1] > BAR_MS for row in rows)
    print(f"{len(rows)} lists, each asked {ROUNDS} times: {slow} with a p95 over {BAR_MS} ms; medians up to {rows[0][0]:.1f} ms")


main()
