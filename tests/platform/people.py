"""What tests of a whole platform ask it, as people do: over HTTP. Where it is, scripts/lib/with-platform says."""
import json
import os
import urllib.error
import urllib.request

BASE = os.environ.get("SHANHAI_TEST_URL", "http://127.0.0.1:8080").rstrip("/")


def ask(method, path, body=None, token=None, headers=None):
    """(status, JSON, headers)"""
    every = {"Content-Type": "application/json", **(headers or {})}
    if token:
        every["Authorization"] = "Bearer " + token
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(BASE + path, data=data, headers=every, method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, json.loads(answer.read() or b"{}"), answer.headers
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code, json.loads(answer.read() or b"{}"), answer.headers


def must(method, path, body=None, token=None, headers=None):
    """(JSON, headers) of what succeeds."""
    status, answer, answered = ask(method, path, body, token, headers)
    if status >= 300:
        raise AssertionError(f"{method} {path}: {status} {answer}")
    return answer, answered


def sign_in(login, password):
    return must("POST", "/v1/auth/login", {"login": login, "password": password})[0]["access_token"]
