#!/usr/bin/env python3
"""The program answers what proto/openapi describes, and proto/openapi describes all that it answers.

usage: routes_test.py SHANHAI SERVERS

SHANHAI is the executable, SERVERS the folder of the tests' shared database (scripts/lib/test-servers). Its list of
public routes ("shanhai routes") is compared with the descriptions, both ways, with the names that a query may have.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

root = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(root / "scripts" / "lib"))
from openapi_files import Files  # noqa: E402


def described():
    files = Files(root / "proto" / "openapi")
    routes = set()
    for name, path, method, operation, shared in files.operations():
        parameters = [files.follow(node, name)[0] for node in operation.get("parameters", []) + shared]
        query = sorted(one["name"] for one in parameters if one["in"] == "query")
        routes.add(f"{method.upper()} {path}" + (f"{{?{','.join(query)}}}" if query else ""))
    return routes


def client(socket, sql):
    subprocess.run(["mariadb", "--no-defaults", f"--socket={socket}", "--user=root"], input=sql, text=True, check=True)


def served(shanhai, servers):
    """What `shanhai routes` prints, run on schemas of its own. "{path...}" is "{path}" in OpenAPI."""
    shared = dict(line.split("=", 1) for line in (pathlib.Path(servers) / "env").read_text().split())
    socket = shared["SHANHAI_TEST_SQL_SOCKET"]
    prefix = f"test_routes_{os.getpid()}_"
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "SHANHAI_SECRETS": f"{folder}/secrets", "SHANHAI_DATABASE_SOCKET": socket,
                       "SHANHAI_DATABASE_PREFIX": prefix, "SHANHAI_LOG_LEVEL": "error",
                       "SHANHAI_SANDBOX_PAYMENTS": "true"}

        def run(*command):
            return subprocess.run([shanhai, *command], env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout

        run("secrets")
        grants = run("grants")
        client(socket, grants)
        try:
            routes = run("routes", "--mounted").splitlines()
        finally:
            for name in sorted(set(re.findall(rf"CREATE DATABASE IF NOT EXISTS `({prefix}\w+)`", grants))):
                client(socket, f"DROP DATABASE `{name}`")
            for account in sorted(set(re.findall(r"ALTER USER (\S+)", grants))):
                client(socket, f"DROP USER {account}")
    return {re.sub(r"\.\.\.}", "}", route) for route in routes}


def main():
    if len(sys.argv) != 3:
        print(__doc__)
        return 0 if sys.argv[1:] == ["--help"] else 2
    wanted, found = described(), served(sys.argv[1], sys.argv[2])
    for route in sorted(wanted - found):
        print(f"described, but not served: {route}")
    for route in sorted(found - wanted):
        print(f"served, but not described: {route}")
    print(f"{len(wanted & found)} routes are both described and served")
    return 0 if wanted == found else 1


if __name__ == "__main__":
    sys.exit(main())
