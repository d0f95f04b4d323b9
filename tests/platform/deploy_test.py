#!/usr/bin/env python3
"""What deploy/ holds does what it says: the systemd units are sound and shut in, and nginx leads every operation of the
OpenAPI to its own service, tells it who asks, keeps what never changes and goes to another copy when one is away.

    deploy_test.py EXECUTABLE        with the executable that the units are to start
"""
import http.client
import http.server
import os
import pathlib
import re
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import unittest

import yaml

from deployed_nginx import DEPLOY, ROOT, Nginx

sys.path.insert(0, str(ROOT / "scripts" / "lib"))
from services import NAMES as SERVICES  # noqa: E402  (needs the path)

EXPOSURE_MAX = 25  # Tenths, as systemd-analyze counts them.
EXECUTABLE = None


def run(*command):
    done = subprocess.run(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.returncode, done.stdout


class Units(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        for unit in (DEPLOY / "systemd").iterdir():
            text = unit.read_text().replace("/usr/lib/shanhai/shanhai", str(EXECUTABLE))
            for name in (unit.name, unit.name.replace("@.", "@orders.")):
                (pathlib.Path(self.folder.name) / name).write_text(text)

    def tearDown(self):
        self.folder.cleanup()

    def test_they_are_sound_and_shut_in(self):
        for name in ("shanhai.service", "shanhai@orders.service"):
            unit = f"{self.folder.name}/{name}"
            code, text = run("systemd-analyze", "verify", "--man=no", unit)
            self.assertEqual((code, text.strip()), (0, ""))
            code, text = run("systemd-analyze", "security", "--offline=true", "--no-pager",
                             f"--threshold={EXPOSURE_MAX}", unit)
            self.assertEqual(code, 0, text)

    def test_the_program_takes_its_settings(self):
        for settings in ({}, *(dict(line.split("=", 1) for line in one.read_text().splitlines() if line[:1] != "#")
                               for one in (DEPLOY / "apart").iterdir())):
            done = subprocess.run([EXECUTABLE, "--config", DEPLOY / "shanhai.toml", "routes"], text=True,
                                  env={**os.environ, **settings}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            self.assertEqual(done.returncode, 0, done.stdout)

    def test_each_instance_knows_its_service_and_has_ports_of_its_own(self):
        ports, peers = [], set()
        for settings in (DEPLOY / "apart").iterdir():
            values = dict(line.split("=", 1) for line in settings.read_text().splitlines() if line[:1] != "#")
            self.assertEqual(settings.stem.split("-")[0], values["SERVICE"])
            self.assertIn(values["SERVICE"], SERVICES)
            ports += [values["SHANHAI_PORT"], values["SHANHAI_INTERNAL_PORT"]]
            peers.add(values["SHANHAI_PEERS"])
        self.assertEqual(len(ports), len(set(ports)))
        self.assertEqual(len(peers), 1)
        self.assertEqual({peer.split("=")[0] for peer in peers.pop().split(",")}, set(SERVICES))


class Copy:
    """Stands for one copy of a service and says what arrived."""

    def __init__(self, name, port):
        self.asked = 0
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self):
                outer.asked += 1
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                body = f"{name}|{self.path}|{self.headers.get('X-Forwarded-For')}".encode()
                self.send_response(200)
                forever = self.path.startswith("/log/tile/") and "entries" not in self.path
                self.send_header("Cache-Control", "public, max-age=31536000, immutable" if forever else "no-store")
                self.send_header("RateLimit", "of somebody")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)

            do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_PATCH = answer

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


def operations():
    """(service, method, path) of every operation of the OpenAPI, with something in the place of each parameter."""
    for service in SERVICES:
        paths = yaml.safe_load((ROOT / "proto" / "openapi" / f"{service}.yaml").read_text())["paths"]
        for path, item in paths.items():
            for method in item:
                if method in ("get", "post", "put", "delete", "patch"):
                    yield service, method.upper(), re.sub(r"\{[^}]*\}", "1", path)


class Apart(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.nginx = Nginx(cls.folder.name, "apart.conf")
        cls.copies = {}
        for settings in (DEPLOY / "apart").iterdir():
            deployed = re.search(r"^SHANHAI_PORT=(\d+)", settings.read_text(), re.M)[1]
            cls.copies[settings.stem] = Copy(settings.stem.split("-")[0], cls.nginx.ports.pop(deployed))
        assert not cls.nginx.ports, f"nginx leads to {cls.nginx.ports}, where nobody listens"

    @classmethod
    def tearDownClass(cls):
        cls.nginx.stop()
        for copy in cls.copies.values():
            copy.stop()
        cls.folder.cleanup()

    def test_every_operation_reaches_its_service(self):
        seen = 0
        for service, method, path in operations():
            with self.subTest(f"{method} {path}"):
                status, _, text = self.nginx.ask(method, path)
                self.assertEqual((status, text.split("|")[0]), (200, service))
            seen += 1
        self.assertGreater(seen, 80)

    def test_pages_and_codes_reach_who_has_them(self):
        for path, service in (("/", "catalog"), ("/p/1", "catalog"), ("/desk/", "catalog"), ("/docs/", "catalog"),
                              ("/s/AAAA", "channel"), ("/v1/ordersandmore", "catalog")):
            self.assertEqual(self.nginx.ask("GET", path)[2].split("|")[0], service, path)

    def test_the_service_hears_who_asks_and_not_what_he_says(self):
        text = self.nginx.ask("GET", "/v1/orders/1", {"X-Forwarded-For": "203.0.113.9"})[2]
        self.assertEqual(text.split("|")[2], "127.0.0.1")

    def test_what_never_changes_is_kept_and_nothing_else(self):
        def asked():
            return self.copies["audit"].asked + self.copies["audit-2"].asked
        before = asked()
        first, again = (self.nginx.ask("GET", "/log/tile/0/x001/234") for _ in range(2))
        self.assertEqual((first[2], asked() - before), (again[2], 1))
        self.assertEqual(again[1]["X-Cache"], "HIT")
        self.assertNotIn("RateLimit", again[1])
        for _ in range(2):
            self.nginx.ask("GET", "/log/tile/entries/000")
        self.assertEqual(asked() - before, 3)

    def test_browsers_speak_tls_and_http_2(self):
        headers = self.nginx.ask("GET", "/")[1]
        self.assertIn("max-age=", headers["Strict-Transport-Security"])
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        context.set_alpn_protocols(["h2"])
        with socket.create_connection(("127.0.0.1", self.nginx.secure)) as plain, context.wrap_socket(plain) as secure:
            self.assertEqual(secure.selected_alpn_protocol(), "h2")
        connection = http.client.HTTPConnection("127.0.0.1", self.nginx.plain, timeout=10)
        connection.request("GET", "/p/1", headers={"Host": "shop.example.cn"})
        answer = connection.getresponse()
        self.assertEqual((answer.status, answer.getheader("Location")), (308, "https://shop.example.cn/p/1"))
        connection.close()

    def test_zz_another_copy_answers_when_one_is_away(self):
        self.copies["orders"].stop()
        for method in ("GET", "POST"):
            for _ in range(4):
                status, _, text = self.nginx.ask(method, "/v1/orders")
                self.assertEqual((status, text.split("|")[0]), (200, "orders"))
        self.copies["orders"] = Copy("orders", self.copies["orders"].server.server_port)


class AllInOne(unittest.TestCase):
    def test_everything_reaches_the_one_process(self):
        with tempfile.TemporaryDirectory() as folder:
            nginx = Nginx(folder, "shanhai.conf")
            copy = Copy("all", nginx.ports.pop("8080"))
            try:
                for path in ("/", "/v1/orders/1", "/log/checkpoint"):
                    self.assertEqual(nginx.ask("GET", path)[2].split("|")[0], "all")
            finally:
                nginx.stop()
                copy.stop()


if __name__ == "__main__":
    if sys.argv[1:] == ["--help"]:
        print(__doc__)
        sys.exit(0)
    EXECUTABLE = pathlib.Path(sys.argv.pop(1)).resolve()
    unittest.main()
