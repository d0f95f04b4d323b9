#!/usr/bin/env python3
"""Every command that README.md and docs/operating.md show a newcomer does what they say.

Reads their shell blocks. Each command has a row below that says how it is tried here: on the platform that
scripts/lib/with-platform has started, or on servers of its own; what stands for another machine (db1, 10.0.0.5,
/etc/shanhai) is replaced. A command without a row fails, so that no new one goes untried.
"""
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts" / "lib"))
import services  # noqa: E402  (needs the path)

README = ROOT / "README.md"
DOCUMENTS = (README, ROOT / "docs" / "operating.md")
PRESET = os.environ.get("SHANHAI_PRESET", "release")
LIMIT = 300


def commands():
    """The commands of all shell blocks, without their comments, in order."""
    for document in DOCUMENTS:
        for block in re.findall(r"```sh\n(.*?)```", document.read_text(encoding="utf-8"), re.S):
            for line in block.splitlines():
                command = re.sub(r"\s+#.*$", "", line).strip()
                if command:
                    yield command


def run(command, **environment):
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, env={**os.environ, **environment}, timeout=LIMIT,
                          capture_output=True, text=True)
    if done.returncode != 0:
        raise AssertionError(f"{command}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    return done.stdout


def status(url):
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code, b""
    except OSError:
        return 0, b""


class OwnServers:
    """A MariaDB and a Redis that stand for those on db1 and 10.0.0.5, and a folder for /etc/shanhai."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.sql = self.port_of("start_mariadb", "--port=")
        self.redis = self.port_of("start_redis", "--port ")
        self.ports = [self.free_port(), self.free_port()]

    def call(self, words):
        return run(f". scripts/lib/servers.sh && {words}").strip()

    def free_port(self):
        return self.call("free_port")

    def port_of(self, function, option):
        port = self.free_port()
        self.call(f"{function} {self.folder} {option}{port}")
        return port

    def stop(self):
        self.call(f"stop_mariadb {self.folder}; stop_redis {self.folder}")

    def here(self, command):
        """The command as it is said on this one machine."""
        command = command.replace("/etc/shanhai/secrets", str(self.folder / "secrets"))
        command = command.replace("build/release", f"build/{PRESET}")
        command = command.replace("--database-client-host '10.0.0.%'", "--database-client-host '%'")
        command = command.replace("mariadb --host=db1 --user=root -p",
                                  f"mariadb --no-defaults --socket={self.folder}/mariadb.sock --user=root")
        command = command.replace("--database-host db1", f"--database-host 127.0.0.1 --database-port {self.sql}")
        return command.replace("--redis-address 10.0.0.5", f"--redis-address 127.0.0.1 --redis-port {self.redis}")


class Readme(unittest.TestCase):
    tried = set()

    def take(self, pattern):
        found = [command for command in commands() if re.fullmatch(pattern, command)]
        self.assertTrue(found, f"no document has a command like {pattern}")
        self.tried.update(found)
        return found

    def test_1_up_again_takes_seconds_and_keeps_the_data(self):
        (command,) = self.take(r"scripts/up")
        said = run(command)
        self.assertIn("Shanhai is ready", said)
        self.assertNotIn("Loading the sample data", said)
        for page in re.findall(r"\| `http://127\.0\.0\.1:8080(/[^`]*)` \|", README.read_text(encoding="utf-8")):
            self.assertEqual(status(os.environ["SHANHAI_TEST_URL"] + page)[0], 200, page)

    def test_2_sales_of_a_year(self):
        (command,) = self.take(r"scripts/seed --orders \d+")
        run(re.sub(r"\d+$", "40", command))

    def test_3_a_backup_holds_every_schema(self):
        (command,) = self.take(r"scripts/backup \S+")
        deadline = time.monotonic() + 60  # A sale enters the ledger when everything of its moment is known.
        while b"\n0\n" in status(os.environ["SHANHAI_TEST_URL"] + "/log/checkpoint")[1] and time.monotonic() < deadline:
            time.sleep(0.1)
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "shanhai.sql"
            run(command.replace("shanhai.sql", str(file)))
            text = file.read_text(encoding="utf-8", errors="replace")
        for schema in services.NAMES:
            self.assertTrue(f"USE `shanhai_{schema}`" in text, schema)
        self.assertTrue("INSERT INTO `ledger_entry`" in text, "no entry of the ledger")

    def test_4_servers_of_your_own(self):
        block = self.take(r"export (PATH|SHANHAI_SECRETS)=.*") + self.take(r"shanhai .*")
        *before, serve = sorted(block, key=list(commands()).index)
        self.assertTrue(serve.endswith("serve all"), serve)
        with tempfile.TemporaryDirectory(dir="/tmp") as folder:
            servers = OwnServers(folder)
            # As a stranger has it: nothing of the platform that runs already.
            clean = "unset $(compgen -v SHANHAI_); " + "; ".join(servers.here(one) for one in before)
            try:
                run(f"set -eo pipefail; {clean}")
                setting = "; ".join(servers.here(one) for one in before if one.startswith("export"))
                command = (f"unset $(compgen -v SHANHAI_); {setting}; export SHANHAI_PORT={servers.ports[0]} "
                           f"SHANHAI_INTERNAL_PORT={servers.ports[1]} "
                           f"SHANHAI_INTERNAL_URL=http://127.0.0.1:{servers.ports[1]}; exec {servers.here(serve)}")
                self.serves(command, servers)
            finally:
                servers.stop()

    def serves(self, command, servers):
        log = servers.folder / "shanhai.log"
        with open(log, "w", encoding="utf-8") as written:
            process = subprocess.Popen(["bash", "-c", command], cwd=ROOT, stdout=written, stderr=written)
        try:
            base = f"http://127.0.0.1:{servers.ports[0]}"
            deadline = time.monotonic() + 60
            while status(base + "/readyz")[0] != 200 and process.poll() is None and time.monotonic() < deadline:
                time.sleep(0.1)
            for page in ("/", "/docs/", "/desk/", "/v1/products"):
                self.assertEqual(status(base + page)[0], 200, page + "\n" + log.read_text()[-2000:])
        finally:
            process.send_signal(signal.SIGTERM)
            self.assertEqual(process.wait(timeout=30), 0)

    def test_5_tests_and_benchmarks_explain_themselves(self):
        for command in self.take(r"(scripts/(test|bench)|bench/(events|audit)/run)( .*)?"):
            run(command.split()[0] + " --help")

    def test_6_no_command_was_left_out(self):
        self.assertEqual([one for one in commands() if one not in self.tried], [])

    def test_7_the_program_says_its_version_and_its_routes_without_anything(self):
        program = f"build/{PRESET}/services/shanhai"
        self.assertRegex(run(f"env -i {program} --version"), r"shanhai \d+\.\d+")
        self.assertIn("POST /v1/orders", run(f"env -i {program} routes"))


if __name__ == "__main__":
    unittest.main(verbosity=2)
