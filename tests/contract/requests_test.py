#!/usr/bin/env python3
"""Whatever is sent, the answer is one that proto/openapi describes.

Sends SHANHAI_CONTRACT_REQUESTS requests (10,000) over all described operations, half of them such as the description
forbids (bodies and parameters of the wrong type, missing, unknown, out of bounds, not text, not UTF-8, not JSON …), half such
as it allows. What is forbidden must get a described 4xx, a problem document that names the member or the parameter at fault;
what is allowed no 5xx and nothing that is not described. Requests carry the token of a role that may send them, and name
things of the sample data, so that they reach the rules and the database behind them.

The platform is at SHANHAI_TEST_URL (scripts/lib/with-platform). SHANHAI_CONTRACT_SEED repeats a run; a failing request is
printed as a line of curl.
"""
import collections
import json
import os
import pathlib
import random
import sys
import time
import urllib.parse

root = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(root / "scripts" / "lib"))
import json_schema  # noqa: E402
from exchange import TRANSPORT, Connection, answer_faults, curl  # noqa: E402
from generate import Generator, unreadable, written  # noqa: E402
from openapi_files import Files  # noqa: E402

BASE = os.environ.get("SHANHAI_TEST_URL", "http://127.0.0.1:8080").rstrip("/")
SECRETS = pathlib.Path(os.environ.get("SHANHAI_TEST_VAR", root / "var")) / "secrets"
SEED = int(os.environ.get("SHANHAI_CONTRACT_SEED", 1))  # The same verdict each time; other numbers are for looking further.
REQUESTS = int(os.environ.get("SHANHAI_CONTRACT_REQUESTS", 10_000))
FAILURES_TOLD = 40
ROLES = ("operator", "certifier", "auditor", "merchant", "admin", "owner", "finance")
PROBLEM = "application/problem+json"
# Of a body that cannot be read, or that its schema forbids.
REFUSALS = {400, 413, 415, 422}
# Answers that may come before the body is looked at; 404 only when the path names nothing.
EARLIER = {404, 409, 412, 428, 429}


class Operation:
    def __init__(self, files, name, path, method, description, shared):
        self.home, self.path, self.method, self.description = name, path, method.upper(), description
        self.id = description["operationId"]
        self.parameters = [files.follow(node, name) for node in description.get("parameters", []) + shared]
        self.protected = any("bearer" in one for one in description.get("security", []))
        body, self.body_home = files.follow(description["requestBody"], name) if "requestBody" in description else ({}, name)
        self.media_type, content = next(iter(body.get("content", {}).items()), (None, {}))
        self.body_needed = body.get("required", False)
        self.schema = content.get("schema")
        self.examples = [example["value"] for example in content.get("examples", {}).values()]
        self.role = None


class Refused(Exception):
    """The sample platform lacks what the test needs."""


class Tester:
    def __init__(self):
        self.files = Files(root / "proto" / "openapi")
        self.validator = json_schema.Validator(self.files.resolve, self.files.documents)
        self.random = random.Random(SEED)
        self.generator = Generator(self.random, self.validator)
        self.connection = Connection(BASE)
        self.operations = [Operation(self.files, *one) for one in self.files.operations()]
        self.tokens, self.orders, self.attempts, self.scan_tokens = {}, [], [], []
        self.statuses = collections.defaultdict(collections.Counter)
        self.failures = {}
        self.kinds = collections.Counter()

    # ---- what requests need ----

    def prepare(self):
        for role in ROLES:
            self.sign_in(role)
        self.skus = self.sellable()
        self.buy()
        self.scan_tokens = [one["token"] for one in self.read("/v1/placements")["items"]]
        for operation in self.operations:
            if operation.protected:
                operation.role = next((role for role in ROLES if self.lets_in(operation, role)), None)

    def sign_in(self, role):
        password = (SECRETS / ("admin_password" if role == "admin" else "demo_password")).read_text().strip()
        body = json.dumps({"login": role, "password": password}).encode()
        status, _, answer, _ = self.connection.send("POST", "/v1/auth/login", body, {"Content-Type": "application/json"})
        if status != 200:
            raise Refused(f"{role} cannot sign in: {answer[:200]!r}")
        self.tokens[role] = json.loads(answer)["access_token"]

    def read(self, target):
        status, _, answer, _ = self.connection.send("GET", target, headers={"Authorization": "Bearer " + self.tokens["operator"]})
        if status != 200:
            raise Refused(f"GET {target}: {status} {answer[:200]!r}")
        return json.loads(answer)

    def sellable(self):
        return [sku for product in self.read("/v1/products?limit=100")["items"] if product["saleable"] for sku in product["skus"]]

    def buy(self):
        """An order of our own and a payment attempt; the last few are named in requests."""
        for _ in range(1 if self.orders else 4):
            number = self.random.getrandbits(26)
            sku = self.random.choice(self.skus)
            order = {"lines": [{"sku_id": sku["sku_id"], "quantity": 1, "price_version": sku["price_version"]}],
                     "receiver": {"name": "张三", "phone": f"138{number:08}", "address": "上海市闵行区沪闵路6258号"},
                     "confirmed_no_return": True}
            headers = {"Content-Type": "application/json", "Idempotency-Key": f"contract-{SEED}-{number}"}
            status, _, answer, _ = self.connection.send("POST", "/v1/orders", json.dumps(order).encode(), headers)
            if status != 201:
                continue
            placed = json.loads(answer)
            self.orders.append((placed["order_number"], placed["access_token"]))
            target = f"/v1/orders/{placed['order_number']}/payments"
            headers = {"Content-Type": "application/json", "Order-Access-Token": placed["access_token"]}
            status, _, answer, _ = self.connection.send("POST", target, b'{"provider":"sandbox"}', headers)
            if status == 201:
                self.attempts.append(json.loads(answer)["attempt_number"])
        self.orders, self.attempts = self.orders[-6:], self.attempts[-6:]
        if not self.orders:
            raise Refused(f"nothing could be ordered: {answer[:300]!r}")

    def lets_in(self, operation, role):
        request = self.request(operation, role=role)
        request["body"] = b"{}" if operation.schema else None
        return self.exchange(request)[0] not in (401, 403)

    # ---- requests that the description allows ----

    def request(self, operation, role=None):
        headers = {"Accept": "*/*"}
        order, key = self.random.choice(self.orders)
        query, path = {}, operation.path
        for parameter, home in operation.parameters:
            value = self.value_of(parameter, home, order)
            if parameter["in"] == "path":
                path = path.replace("{" + parameter["name"] + "}", urllib.parse.quote(str(value), safe="/" if parameter["name"] == "index" else ""))
            elif parameter.get("required") or self.random.random() < 0.4:
                if parameter["in"] == "query":
                    query[parameter["name"]] = str(value).lower() if isinstance(value, bool) else str(value)
                elif str(value).isascii():
                    headers[parameter["name"]] = str(value)
        if operation.protected and (role or operation.role):
            headers["Authorization"] = "Bearer " + self.tokens[role or operation.role]
        if "{order_number}" in operation.path:
            headers["Order-Access-Token"] = key
            query.pop("access_token", None)
        if operation.media_type:
            headers["Content-Type"] = operation.media_type
        return {"operation": operation, "path": path, "query": query, "headers": headers, "body": self.body_of(operation)}

    def value_of(self, parameter, home, order):
        name = parameter["name"]
        known = {"order_number": [order], "attempt_number": self.attempts, "token": self.scan_tokens, "If-Match": ["*"],
                 "county_code": ["530624", "310112"], "county": ["530624"], "district": ["310112"], "index": ["000", "000.p/1"],
                 "cursor": None, "access_token": None}.get(name, [])
        if name == "Idempotency-Key" and self.random.random() < 0.8:
            return f"k{self.random.getrandbits(60)}"
        if name == "account_id":
            return self.random.randint(10**6, 2**63 - 1)  # Not one of those whose tokens we use.
        if known and self.random.random() < 0.8:
            return self.random.choice(known)
        if "example" in parameter and self.random.random() < 0.3:
            return parameter["example"]
        return self.generator.valid(parameter["schema"], home)

    def body_of(self, operation):
        return None if operation.schema is None else self.encoded(operation, self.value_for(operation))

    def value_for(self, operation):
        """A body that the schema allows: an example with members made anew, or all made up."""
        if not operation.examples or self.random.random() < 0.3:
            return self.sensible(self.generator.valid(operation.schema, operation.body_home))
        value = json.loads(json.dumps(self.random.choice(operation.examples)))
        flat, home = self.generator.flat(operation.schema, operation.body_home)
        for name, rule in flat.get("properties", {}).items():
            if self.random.random() < 0.25:
                value[name] = self.generator.valid(rule, home)
        return self.sensible(value)

    def sensible(self, value):
        """Orders name what is for sale, so that many are taken."""
        if isinstance(value, dict) and isinstance(value.get("lines"), list) and self.random.random() < 0.7:
            for line in value["lines"]:
                sku = self.random.choice(self.skus)
                line.update(sku_id=sku["sku_id"], price_version=sku["price_version"], quantity=self.random.randint(1, 3))
            value.get("receiver", {})["phone"] = f"139{self.random.randrange(10**8):08}"
        return value

    @staticmethod
    def encoded(operation, value):
        if operation.media_type == "application/x-www-form-urlencoded":
            return urllib.parse.urlencode(value).encode() if isinstance(value, dict) else b"%zz"
        return written(value)

    # ---- requests that it forbids ----

    def forbidden(self, operation):
        """(request, kind, what must be named: ("pointer", "/a") or ("parameter", "q") or None), or None."""
        request = self.request(operation)
        typed = [(one, home) for one, home in operation.parameters if one["in"] in ("path", "query")]
        choices = ["query-unknown"] if operation.path.startswith("/v1/") else []
        choices += ["parameter"] * (3 if typed else 0)
        choices += ["stranger"] if operation.protected else []
        choices += ["header"] if any(one["in"] == "header" and one.get("required") for one, _ in operation.parameters) else []
        if operation.schema is not None:
            choices += ["body"] * 8 + ["unreadable"] * 3
        if not choices:
            return None
        return getattr(self, "forbid_" + self.random.choice(choices).replace("-", "_"))(operation, request, typed)

    def forbid_query_unknown(self, operation, request, _):
        name = self.random.choice(["unknown", "Limit", "%00", "q%5B%5D", "%E4%BD%A0", "a" * 500, "%ff"])
        request["extra"] = f"{name}={self.random.choice(['1', '', '%zz'])}"
        return request, "query-unknown", None

    def forbid_parameter(self, operation, request, typed):
        parameter, home = self.random.choice(typed)
        schema, home = self.generator.flat(parameter["schema"], home)
        kind, value = self.wrong_parameter(parameter, schema, home)
        if value is None:
            return None
        name = parameter["name"]
        if parameter["in"] == "path":
            request["path"] = self.path_with(operation, request, name, value)
            return request, "path-" + kind, None
        request["query"].pop(name, None)
        request["extra"] = f"{name}={value}" + (f"&{name}={value}" if kind == "repeated" else "")
        return request, "query-" + kind, ("parameter", name)

    def path_with(self, operation, request, name, value):
        parts = operation.path.split("/")
        given = request["path"].split("/")
        if operation.path.endswith("{index}") and name != "index":
            given = given[: len(parts) - 1] + ["000"]
        place = next(i for i, part in enumerate(parts) if "{" + name + "}" in part)
        return "/".join(given[:place] + [value] + given[place + 1 : len(parts)])

    def wrong_parameter(self, parameter, schema, home):
        """A value as it is sent, already in percent encoding."""
        undecodable = ["%00", "%ff", "%c0%af", "%zz", "a%00b", "%ed%a0%80", "%e4%bd"]
        if self.random.random() < 0.3:
            return "undecodable", self.random.choice(undecodable)
        if parameter["in"] == "query" and self.random.random() < 0.1:
            return "repeated", urllib.parse.quote(str(self.generator.valid(schema, home)))
        texts = ["你", "𠮷", "a b", "'", '"', "-1", "0x10", "1e3", "1.5", "１", "null", "true", "a" * 1000, "..", "a/b", "\u202e", "\u200b",
                 str(2**63), str(2**64), str(schema.get("minimum", 0) - 1), str(schema.get("maximum", 2**63 - 1) + 1)]
        for text in self.random.sample(texts, len(texts)):
            if not text.strip("."):
                continue  # A path of dots is another path.
            if not self.allows(text, schema, home):
                return "wrong", urllib.parse.quote(text, safe="")
        return "none", None

    def allows(self, text, schema, home):
        """Whether the text is a value of the schema, as parameters are written."""
        values = [text]
        if text.lstrip("-").isascii() and text.lstrip("-").isdigit() and str(int(text)) == text:
            values.append(int(text))
        values += [text == "true"] if text in ("true", "false") else []
        return any(self.validator.fits(value, schema, home) for value in values)

    def forbid_stranger(self, operation, request, _):
        others = [role for role in ROLES if role != operation.role]
        token = self.random.choice(["", "x", "a.b.c", self.tokens[operation.role or "operator"][:-2] + "xx", "é".encode().decode("latin-1")] + others)
        request["headers"]["Authorization"] = "Bearer " + self.tokens.get(token, token)
        if not token:
            del request["headers"]["Authorization"]
        return request, "stranger-" + (token if token in others else "token"), "stranger"

    def forbid_header(self, operation, request, _):
        parameter, _ = self.random.choice([one for one in operation.parameters if one[0]["in"] == "header" and one[0].get("required")])
        name = parameter["name"]
        value = self.random.choice([None, "", "x" * 2000, "a b", "\u00e9"])
        request["headers"].pop(name, None)
        if value is not None:
            request["headers"][name] = value
        return request, f"header-{name}", None

    def forbid_unreadable(self, operation, request, _):
        if operation.media_type != "application/json":
            return None
        kind, body, media_type = unreadable(written(self.value_for(operation)), self.random)
        if kind == "empty" and not operation.body_needed:
            return None
        request["body"] = body
        request["headers"]["Content-Type"] = media_type
        return request, "unreadable-" + kind, None

    def forbid_body(self, operation, request, _):
        if operation.schema.get("contentMediaType") == "application/octet-stream":
            return None  # Any bytes are a right piece.
        for _ in range(10):
            good = self.value_for(operation)
            if not self.validator.fits(good, operation.schema, operation.body_home):
                continue
            made = self.generator.invalid(good, operation.schema, operation.body_home)
            body = self.encoded(operation, made[2])
            if operation.media_type != "application/json":
                # Written in a form a wrong value may be a right one: it has texts only.
                if self.validator.fits(dict(urllib.parse.parse_qsl(body.decode())), operation.schema, operation.body_home):
                    continue
                return request | {"body": body}, "body-" + made[0], None
            seen = json.loads(body, parse_constant=str)
            if not self.validator.fits(seen, operation.schema, operation.body_home):
                return request | {"body": body}, "body-" + made[0], ("pointer", made[1])
        return None

    # ---- sending, and judging the answer ----

    def target(self, request):
        query = urllib.parse.urlencode(request["query"])
        query = "&".join(part for part in (query, request.get("extra", "")) if part)
        return request["path"] + ("?" + query if query else "")

    def exchange(self, request):
        """Once more with a fresh token when an earlier request, such as logging out everywhere, withdrew it."""
        answer = self.send(request)
        if answer[0] == 401 and any(code in answer[2] for code in (b'"token-revoked"', b'"token-expired"')):
            used = request["headers"].get("Authorization", "").removeprefix("Bearer ")
            role = next((role for role, token in self.tokens.items() if token == used), None)
            if role is not None:
                self.sign_in(role)
                request["headers"]["Authorization"] = "Bearer " + self.tokens[role]
                answer = self.send(request)
        return answer

    def send(self, request):
        return self.connection.send(request["operation"].method, self.target(request), request["body"], request["headers"])

    def judged(self, request, kind, expected, answer):
        status, media_type, body, _ = answer
        operation = request["operation"]
        yield from answer_faults(self.files, self.validator, operation.description, operation.home, answer[:3])
        if status >= 500:
            yield f"{status}: {body[:300].decode(errors='replace')}"
        if kind == "allowed" or str(status) in TRANSPORT:
            return
        if not 400 <= status < 500:
            if not (expected == "stranger" and operation.path.startswith("/v1/orders")) and not kind.startswith("stranger-"):
                yield f"{status}, though the description forbids it: {body[:200].decode(errors='replace')}"
            return
        if media_type != PROBLEM:
            yield f"{status} with {media_type} instead of a problem document"
            return
        signed = "Shanhai-Signature" in (one["name"] for one, _ in operation.parameters)  # Over the body: looked at first.
        if kind.startswith(("body-", "unreadable-")) and status not in REFUSALS | EARLIER | ({401} if signed else set()):
            yield f"{status} for a body that is at fault: {body[:200].decode(errors='replace')}"
        problem = json.loads(body)
        if isinstance(expected, tuple) and problem["code"] == "validation-failed":
            yield from self.named(expected, problem)

    @staticmethod
    def named(expected, problem):
        member, name = expected
        told = [error.get(member) for error in problem.get("errors", [])]
        related = [one for one in told if one is not None and (one == name or member == "pointer" and
                                                               (name.startswith(one) or one.startswith(name)))]
        if not related:
            yield f"{problem['status']} names {told}, not the {member} {name!r} that is at fault"

    def run(self):
        self.prepare()
        begun = time.monotonic()
        while self.connection.sent < REQUESTS:
            self.buy()
            for operation in self.operations:
                self.once({"request": self.request(operation), "kind": "allowed", "expected": None})
                made = self.forbidden(operation)
                if made is not None:
                    self.once(dict(zip(("request", "kind", "expected"), made)))
        return time.monotonic() - begun

    def once(self, sample):
        request, kind = sample["request"], sample["kind"]
        operation = request["operation"]
        try:
            answer = self.exchange(request)
        except OSError as lost:
            self.fail(request, kind, f"no answer: {lost!r}")
            return
        self.kinds[kind] += 1
        self.statuses[operation.id][answer[0]] += 1
        for what in self.judged(request, kind, sample["expected"], answer):
            self.fail(request, kind, what)

    def fail(self, request, kind, what):
        operation = request["operation"]
        key = (operation.id, kind, what.split(":")[0][:80])
        if key not in self.failures:
            self.failures[key] = (what, curl(BASE, operation.method, self.target(request), request["body"], request["headers"]))

    def report(self, seconds):
        print(f"{self.connection.sent} requests to {len(self.operations)} operations in {seconds:.0f} s "
              f"({self.connection.sent / seconds:.0f}/s), {sum(self.kinds.values()) - self.kinds['allowed']} of them forbidden, seed {SEED}")
        never = [one for one, statuses in self.statuses.items() if not any(status < 400 for status in statuses)]
        print("never taken:", ", ".join(sorted(never)) or "none")
        if os.environ.get("SHANHAI_CONTRACT_VERBOSE"):
            for name, statuses in sorted(self.statuses.items()):
                print(f"  {name}: " + ", ".join(f"{status} × {count}" for status, count in sorted(statuses.items())))
            print("  " + ", ".join(f"{kind} × {count}" for kind, count in sorted(self.kinds.items())))
        for (name, kind, _), (what, line) in list(self.failures.items())[:FAILURES_TOLD]:
            print(f"\n{name}, {kind}: {what}\n  {line}")
        if self.failures:
            print(f"\n{len(self.failures)} kinds of failures; SHANHAI_CONTRACT_SEED={SEED} sends the same requests again")


def main():
    print(f"seed {SEED}", flush=True)
    tester = Tester()
    tester.report(tester.run())
    return 1 if tester.failures else 0


if __name__ == "__main__":
    sys.exit(main())
