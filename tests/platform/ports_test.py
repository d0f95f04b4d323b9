#!/usr/bin/env python3
"""scripts/up on a platform that runs: it stays where it is, and moves when other ports are asked for.

Set by scripts/lib/with-platform: SHANHAI_VAR, SHANHAI_PORT, SHANHAI_INTERNAL_PORT, SHANHAI_PREBUILT.
"""
import os
import pathlib
import socket
import subprocess
import sys
import unittest
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
VAR = pathlib.Path(os.environ.get("SHANHAI_VAR", "var"))


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return str(listener.getsockname()[1])


def up(**ports):
    named = ("SHANHAI_PORT", "SHANHAI_INTERNAL_PORT", "SHANHAI_PUBLIC_URL", "SHANHAI_INTERNAL_URL")
    environment = {name: value for name, value in os.environ.items() if name not in named}
    done = subprocess.run([ROOT / "scripts" / "up"], env={**environment, **ports}, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    return done.returncode, done.stdout


def status(port, path="/livez"):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code
    except OSError:
        return 0


def process():
    return (VAR / "run" / "shanhai.pid").read_text()


class Ports(unittest.TestCase):
    def test_a_running_platform_moves_only_when_asked(self):
        first = os.environ["SHANHAI_PORT"]
        before = process()
        code, text = up()
        self.assertEqual(code, 0, text)
        self.assertEqual(process(), before, "no port was named: it goes on where it is")
        self.assertIn(f":{first}/", text)

        there, inside = free_port(), free_port()
        code, text = up(SHANHAI_PORT=there, SHANHAI_INTERNAL_PORT=inside)
        self.assertEqual(code, 0, text)
        self.assertEqual((status(there), status(inside, "/readyz"), status(first)), (200, 200, 0))
        self.assertIn(f":{there}/", text)
        seeded = subprocess.run([ROOT / "scripts" / "seed", "--orders", "3"], text=True, stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT)
        self.assertEqual(seeded.returncode, 0, seeded.stdout)

        code, text = up()
        self.assertEqual(code, 0, text)
        self.assertEqual(status(there), 200)


if __name__ == "__main__":
    if sys.argv[1:] == ["--help"]:
        print(__doc__)
        sys.exit(0)
    unittest.main()
