"""Holds the documents to what they speak of: reads the names of Markdown files, one a line, from standard input.

Refuses a link to a file or heading that is not there, an operation (`POST /v1/orders`) that proto/operations.csv does not
know, and documents in two languages (X.md and X.zh-CN.md) of which one names an operation or a command that the other does not.
"""
import pathlib
import re
import sys

import operations

LINK = re.compile(r"\]\(([^)\s]+)\)")
OPERATION = re.compile(r"`(GET|POST|PUT|PATCH|DELETE) (/[^`?\s]*)[^`]*`")
COMMANDS = re.compile(r"```sh\n(.*?)```", re.S)
OUTSIDE = ("http://", "https://", "mailto:")


def anchors(text):
    """The names that a reader of Markdown gives the headings: small letters, blanks to hyphens, no punctuation."""
    for heading in re.findall(r"^#+ (.*)$", text, re.M):
        yield re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def known_operations():
    """Each operation as a pattern: a parameter stands for any one name, whatever a document calls it."""
    routes = [f"{one.method} {one.path}" for one in operations.read("proto/operations.csv")]
    return re.compile("|".join(re.sub(r"\\{[^/]*\\}", "[^/]+", re.escape(route)) for route in routes))


def link_faults(file, text):
    for link in LINK.findall(text):
        if link.startswith(OUTSIDE):
            continue
        path, _, anchor = link.partition("#")
        target = file.parent / path if path else file
        if not target.exists():
            yield f"{file}: links to {link}, which is not there"
        elif anchor and anchor not in anchors(target.read_text(encoding="utf-8")):
            yield f"{file}: links to {link}, and no heading is called so"


def operation_faults(file, text, known):
    for method, path in OPERATION.findall(text):
        if "…" not in path and not known.fullmatch(f"{method} {path}"):
            yield f"{file}: {method} {path} is no operation of proto/operations.csv"


def told(text):
    """What a document tells in any language: operations, and commands without their comments."""
    lines = "\n".join(COMMANDS.findall(text)).splitlines()
    commands = {re.sub(r"\s+#.*$", "", line).strip() for line in lines}
    return {" ".join(one) for one in OPERATION.findall(text)} | commands


def translation_faults(file, text):
    other = file.with_suffix("").with_suffix(".zh-CN.md")
    if file.name.endswith(".zh-CN.md") or not other.exists():
        return
    for one in sorted(told(text) ^ told(other.read_text(encoding="utf-8"))):
        yield f"{file}, {other.name}: only one of them tells of {one}"


def main():
    known = known_operations()
    faults = []
    for name in sys.stdin.read().split():
        file = pathlib.Path(name)
        text = file.read_text(encoding="utf-8")
        faults += link_faults(file, text)
        faults += operation_faults(file, text, known)
        faults += translation_faults(file, text)
    print("\n".join(faults), end="\n" if faults else "")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
