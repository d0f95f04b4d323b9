"""Refuses statements that g++ 12 miscompiles.

In a full expression with co_await, g++ 12 destroys temporaries twice when they are braced aggregates or lambdas that
capture by value. The rule here is simpler and a little wider: such a statement holds neither. Name the thing
on the line above and move it in.
"""
import pathlib
import re
import sys

# Comments and literals become blanks of the same length, so that positions stay true.
NOISE = re.compile(r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'', re.S)
# An id is an enum: its braces make no temporary with a destructor.
SCALAR = re.compile(r"\b\w+Id\{[^{}]*\}")
CAPTURING = re.compile(r"(?<![\w\])])\[\s*(?!\s*\])(?!&\s*\])[^\[\]]*\]\s*(?:\(|\{|mutable)")


def statement_around(text, at):
    """From the last ';', '{' of a block or '}' before `at` to the next ';' or block after it."""
    depth = 0
    first = at
    while first > 0:
        c = text[first - 1]
        if c in ")]":
            depth += 1
        elif c in "([":
            depth -= 1
        elif depth <= 0 and (c == ";" or c == "}" or (c == "{" and opens_block(text, first - 1))):
            break
        first -= 1
    last = at
    while last < len(text) and text[last] != ";" and not (text[last] == "{" and opens_block(text, last)):
        last += 1
    return text[first:last]


def opens_block(text, brace):
    """Whether a '{' begins a block and not an initialiser: clang-format puts ') ', 'else ' … before blocks."""
    before = text[:brace].rstrip()
    if text[brace - 1] not in " \n":
        return False
    return before.endswith((")", ";", "{", "}", "else", "do", "try", "const", "noexcept", "override", ":")) or bool(
        re.search(r"->\s*[\w:<>,\s&*]+$", before[-160:]))


def main():
    bad = set()
    for folder in sys.argv[1:]:
        for path in sorted(pathlib.Path(folder).rglob("*.[ch]pp")):
            if "node_modules" in path.parts:
                continue
            text = SCALAR.sub(lambda match: re.sub(r"[{}]", " ", match.group()), path.read_text())
            text = NOISE.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)
            for found in re.finditer(r"\bco_await\b", text):
                around = re.sub(r"^\s*(const\s+)?auto\s*&*\s*\[[^\]]*\]\s*=", "", statement_around(text, found.start()))
                if "{" in around or CAPTURING.search(around):
                    bad.add((str(path), text.count("\n", 0, found.start()) + 1))
    for path, line in sorted(bad):
        print(f"{path}:{line}: name this temporary on the line above and std::move it in (g++ 12)")
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main())
