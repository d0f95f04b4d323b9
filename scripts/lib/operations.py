#!/usr/bin/env python3
"""Who may do what: reads proto/operations.csv and, beside it, key_scopes.csv, and writes them as a C++ table.

usage: operations.py TABLE OUTPUT

A row is one operation. Its columns:
  operation  its name; the operationId in proto/openapi, where it is described there
  method, path  as the router mounts it
  port   public, internal, or both
  who    public (anybody), order (who holds the order's key), applicant (who holds the key of an
         application to sell here), uploader (who holds a key of its own for the files it hands in), verifier (who
         holds a verifier's key), account (whoever is signed in), the roles merchant,
         certifier, operator, auditor, admin, owner, finance, or the key of another service: feed-key, backfill-key. Several of
         them, separated by blanks, are alternatives; `public account` lets a guest in and knows who is signed in
  scope  own: merchants for their own organisation only; all
  limit  how often: the name of a policy of the limiter

A row of key_scopes.csv lets the API keys of merchants' houses do one operation that merchants may, and names the scope that
a key needs for it. What stands there in no row takes a person; what everybody may read a key without it reads as everybody.
"""
import csv
import pathlib
import re
import sys

COLUMNS = ["operation", "method", "path", "port", "who", "scope", "limit"]
SCOPE_COLUMNS = ["scope", "operation"]
SCOPE = re.compile("[a-z]+:(read|write)")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
PORTS = ("public", "internal", "both")
# Owners are merchants, too; finance looks on in a merchant's house.
ROLES = ("merchant", "certifier", "operator", "auditor", "admin", "owner", "finance")
KEYS = ("feed-key", "backfill-key")
# Keys that people hold, and their headers.
HELD = {"order": "Order-Access-Token", "applicant": "Onboarding-Access-Token", "uploader": "Upload-Access-Token",
        "verifier": "Shanhai-Verifier-Key"}
ANYBODY = ("public", "account")


class Operation:
    def __init__(self, row):
        self.name, self.method, self.path = row["operation"], row["method"], row["path"]
        self.port, self.scope, self.limit = row["port"], row["scope"], row["limit"]
        self.who = row["who"].split()
        self.key_scope = ""

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
        if self.scope not in ("all", "own") or (self.scope == "own" and not {"merchant", "owner"} & set(self.who)):
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


def read_scopes(path, operations):
    """Tells operations which scope a key needs for them, and returns what is wrong with the rows."""
    named = {one.name: one for one in operations}
    with open(path, encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream)
        if rows.fieldnames != SCOPE_COLUMNS:
            sys.exit(f"{path}: the columns are not {', '.join(SCOPE_COLUMNS)}")
        pairs = [(row["scope"], row["operation"]) for row in rows]
    faults = []
    for scope, name in pairs:
        operation = named.get(name)
        if not SCOPE.fullmatch(scope):
            faults.append(f"{path}: {scope} is no scope")
        elif operation is None or not {"merchant", "account"} & set(operation.who):
            faults.append(f"{path}: {name} is nothing that merchants may do")
        elif operation.key_scope:
            faults.append(f"{path}: {name} comes twice")
        elif scope.endswith(":read") and operation.method != "GET":
            faults.append(f"{path}: {name} does not only read")
        else:
            operation.key_scope = scope
    if pairs != sorted(pairs):
        faults.append(f"{path}: the rows are not sorted")
    return faults


def read(path):
    """The operations of a table, with the scopes of the table beside it; ends the program when one is none."""
    with open(path, encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream)
        if rows.fieldnames != COLUMNS:
            sys.exit(f"{path}: the columns are not {', '.join(COLUMNS)}")
        operations = [Operation(row) for row in rows]
    faults = [f"{path}: {one.name}: {fault}" for one in operations for fault in one.faults()]
    for what in ("name", "route"):
        keys = [one.name if what == "name" else f"{one.method} {one.path}" for one in operations]
        faults += [f"{path}: {key} comes twice" for key in sorted({key for key in keys if keys.count(key) > 1})]
    faults += read_scopes(pathlib.Path(path).with_name("key_scopes.csv"), operations)
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
                f'{{{{{roles}}}}}, {flag[one.scope == "own"]}, "{key}", "{one.limit}", "{one.key_scope}"}},\n')

    scopes = sorted({one.key_scope for one in operations if one.key_scope})
    named = ", ".join(f'"{scope}"' for scope in scopes)
    return ('#include "chassis/security/operations.hpp"\n\nnamespace shanhai::security {\nnamespace {\n\n'
            f"constexpr std::array<Operation, {len(operations)}> table{{{{\n" + "".join(map(entry, operations)) +
            f"}}}};\n\nconstexpr std::array<std::string_view, {len(scopes)}> scopes{{{{{named}}}}};\n\n}}  // namespace\n\n"
            "std::span<const Operation> operations() { return table; }\n\n"
            "std::span<const std::string_view> key_scopes() { return scopes; }\n\n"
            "}  // namespace shanhai::security\n")


def main():
    if len(sys.argv) != 3:
        print(__doc__)
        return 0 if sys.argv[1:] == ["--help"] else 2
    pathlib.Path(sys.argv[2]).write_text(as_cpp(read(sys.argv[1])), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
