#!/usr/bin/env python3
"""Who may do what: reads proto/operations.csv, and writes it as a C++ table.

usage: operations.py TABLE OUTPUT

A row is one operation. Its columns:
  operation  its name; the operationId in proto/openapi, where it is described there
  method, path  as the router mounts it
  port   public, internal, or both
  who    public (anybody), order (who holds the order's key), applicant (who holds the key of an
         application to sell here), verifier (who holds a verifier's key), account (whoever is signed in), the roles merchant,
         certifier, operator, auditor, admin, owner, finance, or the key of another service: feed-key, backfill-key. Several of
         them, separated by blanks, are alternatives; `public account` lets a guest in and knows who is signed in
  scope  own: merchants for their own organisation only; all
  limit  how often: the name of a policy of the limiter
"""
import csv
import pathlib
import sys

COLUMNS = ["operation", "method", "path", "port", "who", "scope", "limit"]
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
PORTS = ("public", "internal", "both")
# Owners are merchants, too; finance looks on in a merchant's house.
ROLES = ("merchant", "certifier", "operator", "auditor", "admin", "owner", "finance")
KEYS = ("feed-key", "backfill-key")
# Keys that people hold, and their headers.
HELD = {"order": "Order-Access-Token", "applicant": "Onboarding-Access-Token", "verifier": "Shanhai-Verifier-Key"}
ANYBODY = ("public", "account")


class Operation:
    def __init__(self, row):
        self.name, self.method, self.path = row["operation"], row["method"], row["path"]
        self.port, self.scope, self.limit = row["port"], row["scope"], row["limit"]
        self.who = row["who"].split()

    @property
    def roles(self):
        return [role for role in ROLES if role in self.who]

    @property
    def signs_in(self):
        """Whether an access token means something here."""
        return bool(self.roles) or "account" in self.who

    def faults(self):
        if self.method not in METHODS or not self.path.startswith("/"):
            yield "no method and path"
        if self.port not in PORTS:
            yield f"no port: {self.port}"
        if self.scope not in ("all", "own") or (self.scope == "own" and "merchant" not in self.who):
            yield f"no scope: {self.scope}"
        if not self.limit:
            yield "no limit"
        unknown = [one for one in self.who if one not in ROLES + KEYS + ANYBODY + tuple(HELD)]
        if unknown or not self.who:
            yield f"nobody is called {' '.join(unknown) or 'nothing'}"
        if "public" in self.who and self.who not in (["public"], ["public", "account"]):
            yield "public goes with account alone: whoever is anybody needs no role"
        if set(KEYS) & set(self.who) and len(self.who) > 1:
            yield "a key goes alone"
        if len(set(HELD) & set(self.who)) > 1:
            yield "one kind of key is enough"
        if (set(KEYS) & set(self.who)) and self.port != "internal":
            yield "a key is for the internal port"


def read(path):
    """The operations of a table; ends the program when it is not one."""
    with open(path, encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream)
        if rows.fieldnames != COLUMNS:
            sys.exit(f"{path}: the columns are not {', '.join(COLUMNS)}")
        operations = [Operation(row) for row in rows]
    faults = [f"{path}: {one.name}: {fault}" for one in operations for fault in one.faults()]
    for what in ("name", "route"):
        keys = [one.name if what == "name" else f"{one.method} {one.path}" for one in operations]
        faults += [f"{path}: {key} comes twice" for key in sorted({key for key in keys if keys.count(key) > 1})]
    if faults:
        sys.exit("\n".join(faults))
    return operations


def as_cpp(operations):
    def entry(one):
        roles = ", ".join(f'"{role}"' for role in one.roles)
        flag = {True: "true", False: "false"}
        key = next((name for name in KEYS if name in one.who), "")
        held = next((header for name, header in HELD.items() if name in one.who), "")
        return (f'    {{"{one.name}", "{one.method}", "{one.path}", Port::{one.port}_, '
                f'{flag["public" in one.who]}, "{held}", {flag["account" in one.who]}, '
                f'{{{{{roles}}}}}, {flag[one.scope == "own"]}, "{key}", "{one.limit}"}},\n')

    return ('#include "chassis/security/operations.hpp"\n\nnamespace shanhai::security {\nnamespace {\n\n'
            f"constexpr std::array<Operation, {len(operations)}> table{{{{\n" + "".join(map(entry, operations)) +
            "}};\n\n}  // namespace\n\nstd::span<const Operation> operations() { return table; }\n\n"
            "}  // namespace shanhai::security\n")


def main():
    if len(sys.argv) != 3:
        print(__doc__)
        return 0 if sys.argv[1:] == ["--help"] else 2
    pathlib.Path(sys.argv[2]).write_text(as_cpp(read(sys.argv[1])), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
