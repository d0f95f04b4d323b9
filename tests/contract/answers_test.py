#!/usr/bin/env python3
"""What the running platform answers is what proto/openapi says.

Sends every described GET with the examples of its parameters (as somebody who may, where that is asked for), and a
request without a token to everything that needs one. Every status and media type must be declared for that operation, and
every JSON body must fit its schema. The platform is at SHANHAI_TEST_URL, with the sample data; its secrets are below
SHANHAI_TEST_VAR (scripts/lib/with-platform sets both).
"""
import json
import os
import pathlib
import sys
import unittest
import urllib.error
import urllib.parse
import urllib.request

root = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(root / "scripts" / "lib"))
import json_schema  # noqa: E402
from exchange import answer_faults  # noqa: E402
from openapi_files import Files  # noqa: E402

ROLES = ("merchant", "certifier", "operator", "auditor", "admin", "owner", "finance")
BASE = os.environ.get("SHANHAI_TEST_URL", "http://127.0.0.1:8080").rstrip("/")
FILES = Files(root / "proto" / "openapi")
VALIDATOR = json_schema.Validator(FILES.resolve, FILES.documents)


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


OPENER = urllib.request.build_opener(NoRedirect)


def send(method, target, body=None, headers=None):
    """(status, media type, bytes) of one exchange."""
    request = urllib.request.Request(BASE + target, method=method, data=body, headers=headers or {})
    try:
        with OPENER.open(request, timeout=20) as answer:
            return answer.status, answer.headers.get_content_type(), answer.read()
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code, answer.headers.get_content_type(), answer.read()


def signed_in(login):
    """The header of one of the sample accounts, which are called as their roles are."""
    secret = "admin_password" if login == "admin" else "demo_password"
    password = (pathlib.Path(os.environ["SHANHAI_TEST_VAR"]) / "secrets" / secret).read_text().strip()
    body = json.dumps({"login": login, "password": password}).encode()
    _, _, answer = send("POST", "/v1/auth/login", body, {"Content-Type": "application/json"})
    return {"Authorization": "Bearer " + json.loads(answer)["access_token"]}


def example_of(parameter):
    for example in (parameter.get("examples") or {}).values():
        return example.get("value")
    return parameter.get("example", parameter.get("schema", {}).get("example"))


def target_of(name, path, parameters):
    """The path with its examples filled in, or None when one that is required has none."""
    query = {}
    for node in parameters:
        parameter, _ = FILES.follow(node, name)
        example = example_of(parameter)
        if parameter["in"] == "path":
            if example is None:
                return None
            path = path.replace("{" + parameter["name"] + "}", urllib.parse.quote(str(example)))
        elif parameter["in"] == "query" and example is not None:
            query[parameter["name"]] = str(example).lower() if isinstance(example, bool) else example
        elif parameter.get("required") and example is None:
            return None
    return path + ("?" + urllib.parse.urlencode(query) if query else "")


def faults(name, operation, status, media_type, body):
    """What is wrong with an answer, by the operation's description."""
    return list(answer_faults(FILES, VALIDATOR, operation, name, (status, media_type, body)))


class AnswersTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.staff = {role: signed_in(role) for role in ROLES}

    def headers_for(self, operation):
        if not operation.get("security"):
            return {"Accept": "*/*"}
        return {"Accept": "*/*", **self.staff[operation.get("x-roles", ["admin"])[0]]}

    def test_every_get_answers_as_described(self):
        tried = good = 0
        for name, path, method, operation, shared in FILES.operations():
            target = target_of(name, path, operation.get("parameters", []) + shared)
            if method != "get" or target is None:
                continue
            with self.subTest(target):
                status, media_type, body = send("GET", target, headers=self.headers_for(operation))
                tried += 1
                good += status < 400
                self.assertEqual(faults(name, operation, status, media_type, body), [])
        print(f"{tried} GETs tried, {good} of them answered with content")
        self.assertGreater(good, tried // 2, "most examples should name things of the sample data")

    def test_everything_protected_refuses_strangers(self):
        for name, path, method, operation, shared in FILES.operations():
            asked = operation.get("security", [])
            if not asked or {} in asked:
                continue
            target = target_of(name, path, operation.get("parameters", []) + shared) or path.replace("{", "").replace("}", "")
            with self.subTest(f"{method} {target}"):
                body = None if method == "get" else b"{}"
                status, media_type, body = send(method.upper(), target, body, {"Content-Type": "application/json"} if body else {})
                # A key that whoever asks makes: nobody is a stranger to it, but without one nothing is told apart.
                refusals = (400, 404) if asked == [{"uploadAccess": []}] else (401, 403, 404)
                self.assertIn(status, refusals, body[:200])
                self.assertEqual(faults(name, operation, status, media_type, body), [])

    def test_the_page_shows_this_description(self):
        self.assertEqual(send("GET", "/openapi.json")[0], 308)
        status, media_type, body = send("GET", "/docs/openapi.json")
        self.assertEqual((status, media_type), (200, "application/json"))
        shown = {f"{method} {path}" for path, item in json.loads(body)["paths"].items() for method in item if method != "parameters"}
        self.assertEqual(shown, {f"{method} {path}" for _, path, method, _, _ in FILES.operations()})


if __name__ == "__main__":
    unittest.main()
