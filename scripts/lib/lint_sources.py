"""Refuses sources that nobody can read in one sitting, tests that cannot fail or cannot be told apart, and schema files
that cannot run twice. Reads the names of files, one a line.
"""
import pathlib
import re
import sys

LINES_MAX = 400
# A run of kills and a table of requests, which are each read from top to bottom.
LONG_AND_KNOWN = {"tests/fault/kill_test", "tests/contract/requests_test.py"}

# What must not be so, since a crash may have interrupted the file in its middle.
CAREFUL = [
    (r"CREATE\s+(?:UNIQUE\s+)?(?:TABLE|INDEX)\s+(?!IF\s+NOT\s+EXISTS)", "creates without IF NOT EXISTS"),
    (r"ADD\s+(?:COLUMN|(?:UNIQUE\s+)?(?:KEY|INDEX))\s+(?!IF\s+NOT\s+EXISTS)", "adds without IF NOT EXISTS"),
    (r"DROP\s+(?:COLUMN|KEY|INDEX|CONSTRAINT|TABLE)\s+(?!IF\s+EXISTS)", "drops without IF EXISTS"),
    (r"(?:CHANGE|RENAME)\s+(?:COLUMN|TABLE|KEY|INDEX)\s+(?!IF\s+EXISTS)", "renames without IF EXISTS"),
    (r"(\b\w+)\s*=\s*(?:\w+\.)?\1\s*[-+*/]", "counts on from what a run before may have counted"),
    (r"(\b\w+)\s*=\s*CONCAT\((?:\w+\.)?\1\b", "adds to a text to which a run before may have added"),
]


def fault_of_length(name, text):
    lines = text.count("\n")
    if lines > LINES_MAX and name not in LONG_AND_KNOWN:
        yield 1, f"{lines} lines, more than {LINES_MAX}"


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def unjudged_properties(text):
    """`rc::check` says whether the property held; as a statement of its own it says so to nobody."""
    for found in re.finditer(r"rc::check\(", text):
        before = re.sub(r"//[^\n]*", "", text[:found.start()]).rstrip()
        if not before or before[-1] in ";{})":
            yield line_of(text, found.start()), "a property whose result nobody looks at"


def arguments(text, position):
    """How many arguments stand between the bracket at `position` and its own end."""
    depth, count = 0, 1
    tokens = re.compile(r'R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\])*"|' r"'(?:\\.|[^'\\])'|//[^\n]*|[][(){},]", re.S)
    for token in tokens.finditer(text, position):
        if token.group() in "([{":
            depth += 1
        elif token.group() in ")]}":
            depth -= 1
            if depth == 0:
                break
        elif token.group() == "," and depth == 1:
            count += 1
    return count


def parameters_alike(text):
    """Without names the cases go by what their parameters print; ctest keeps one of those that print alike."""
    for found in re.finditer(r"INSTANTIATE_TEST_SUITE_P\(", text):
        if arguments(text, found.end() - 1) < 4 and "void PrintTo(" not in text:
            yield line_of(text, found.start()), "a parameterised test whose cases have no names (the fourth argument, or PrintTo)"


def careless_schema(text):
    text = re.sub(r"--[^\n]*", lambda comment: " " * len(comment.group()), text)
    for pattern, what in CAREFUL:
        for found in re.finditer(pattern, text, re.I):
            yield line_of(text, found.start()), what
    for found in re.finditer(r"ADD\s+CONSTRAINT\s+(IF\s+NOT\s+EXISTS\s+)?(\w+)", text, re.I):
        dropped = re.search(rf"DROP\s+CONSTRAINT\s+IF\s+EXISTS\s+{found.group(2)}\b", text[:found.start()], re.I)
        if not found.group(1) and not dropped:
            yield line_of(text, found.start()), "adds a constraint that may be there"
    position = 0
    for statement in text.split(";"):
        insert = re.search(r"\bINSERT\b", statement, re.I)
        if insert and not re.search(r"ON\s+DUPLICATE\s+KEY\s+UPDATE|NOT\s+EXISTS", statement, re.I):
            yield line_of(text, position + insert.start()), "inserts again what a run before has inserted"
        position += len(statement) + 1
    for found in re.finditer(r"^\)\s*ENGINE[^;]*", text, re.M):
        if not re.search(r"CHARSET ?= ?utf8mb4 COLLATE ?= ?utf8mb4_(bin|nopad_bin)$", found.group()):
            yield line_of(text, found.start()), "a table that does not compare its texts byte by byte"
    for found in re.finditer(r"CHARACTER SET ascii(?! COLLATE ascii_bin)", text):
        yield line_of(text, found.start()), "a column that does not compare its texts byte by byte"


def faults(name, text):
    if name.endswith(".sql"):
        yield from careless_schema(text)
        return
    yield from fault_of_length(name, text)
    if name.endswith(".cpp"):
        yield from unjudged_properties(text)
        yield from parameters_alike(text)


def main():
    found = [f"{name}:{line}: {what}" for name in sys.stdin.read().split()
             for line, what in faults(name, pathlib.Path(name).read_text())]
    print("\n".join(found), end="\n" if found else "")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
