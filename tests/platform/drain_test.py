#!/usr/bin/env python3
"""After SIGTERM everybody is served on for `drain-seconds` while /readyz says 503 draining; a second one ends that.

The platform must have been started with SHANHAI_DRAIN_SECONDS=600. Set by scripts/lib/with-platform: SHANHAI_TEST_URL,
SHANHAI_TEST_INTERNAL_URL, SHANHAI_TEST_VAR.
"""
import os
import pathlib
import signal
import sys
import time
import unittest
import urllib.error
import urllib.request

BASE = os.environ.get("SHANHAI_TEST_URL", "http://127.0.0.1:8080").rstrip("/")
INTERNAL = os.environ.get("SHANHAI_TEST_INTERNAL_URL", "http://127.0.0.1:8081").rstrip("/")
VAR = pathlib.Path(os.environ.get("SHANHAI_TEST_VAR", "var"))


def status_and_text(url):
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code, answer.read().decode()
    except urllib.error.URLError:
        return 0, ""


def eventually(condition, seconds=20):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return False


def alive(process):
    try:
        return "zombie" not in pathlib.Path(f"/proc/{process}/status").read_text().splitlines()[2]
    except FileNotFoundError:
        return False


class Drain(unittest.TestCase):
    def test_balancers_see_it_before_the_ports_close(self):
        process = int((VAR / "run" / "shanhai.pid").read_text())
        self.assertEqual(status_and_text(INTERNAL + "/readyz")[0], 200)
        os.kill(process, signal.SIGTERM)
        self.assertTrue(eventually(lambda: status_and_text(INTERNAL + "/readyz")[0] == 503))
        for base in (INTERNAL, BASE):
            status, text = status_and_text(base + "/readyz")
            self.assertEqual(status, 503)
            self.assertIn("draining", text)
        for path in ("/livez", "/v1/products", "/"):
            self.assertEqual(status_and_text(BASE + path)[0], 200, path)
        os.kill(process, signal.SIGTERM)
        self.assertTrue(eventually(lambda: not alive(process)), "a second signal ends the grace")


if __name__ == "__main__":
    if sys.argv[1:] == ["--help"]:
        print(__doc__)
        sys.exit(0)
    unittest.main()
