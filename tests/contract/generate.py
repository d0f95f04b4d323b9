"""Makes JSON values that a schema allows, and values that it forbids in exactly one place.

Everything comes from one random.Random, so that a seed gives the same values again.
"""
import copy
import datetime
import re
import string
import sys

sre = re._parser if hasattr(re, "_parser") else re.sre_parse  # The parser of Python's own patterns.

INT64_MAX = 2**63 - 1
WORDS = ["大关", "筇竹笋", "山", "沪闵路", "𠮷", "𡈽合作社", "米粉", "Humin", "Road", "é", "ñ", "ب", "བོད", "👩\u200d🌾", "3号", "-"]
# Characters that no text of people holds, whatever stands beside them.
FORBIDDEN = ["\u0000", "\u0007", "\u007f", "\u061c", "\u200e", "\u202e", "\u2066", "\ufffe", "\ufdd0", "\U0010ffff", "\u0378"]
BLANK = [" ", "\u3000", "\u00a0", "\u200b", "\u2060", "\ufeff", "\u200d", "\u00ad", "\u3164"]


class Raw:
    """A piece of JSON that json.dumps would not write."""

    def __init__(self, text):
        self.text = text

    def __deepcopy__(self, _):
        return self


class Generator:
    def __init__(self, random, validator):
        self.random = random
        self.validator = validator

    def flat(self, schema, home):
        """The schema with its references and allOf folded in, and the file that it is from."""
        if schema is True:
            return {}, home
        while "$ref" in schema:
            rest = {key: value for key, value in schema.items() if key != "$ref"}
            schema, home = self.validator.resolve(schema["$ref"], home)
            schema = {**schema, **rest}
        if len(schema.get("oneOf", [])) == 2 and {"type": "null"} in schema["oneOf"]:
            inner, inner_home = self.flat(next(one for one in schema["oneOf"] if one != {"type": "null"}), home)
            if isinstance(inner.get("type"), str):
                return {**inner, "type": [inner["type"], "null"]}, inner_home
        if "allOf" not in schema:
            return schema, home
        whole = {key: value for key, value in schema.items() if key != "allOf"}
        whole["properties"] = dict(schema.get("properties", {}))
        whole["required"] = list(schema.get("required", []))
        for part in schema["allOf"]:
            flat, part_home = self.flat(part, home)
            for name, member in flat.get("properties", {}).items():
                whole["properties"][name] = self.bound(member, part_home, home)
            whole["required"] += flat.get("required", [])
            whole.setdefault("type", flat.get("type"))
        if whole.pop("unevaluatedProperties", None) is False:
            whole["additionalProperties"] = False
        return whole, home

    @staticmethod
    def bound(schema, schema_home, home):
        """A schema whose references still lead somewhere when it is read in another file."""
        if schema_home != home and str(schema.get("$ref", "")).startswith("#"):
            return {**schema, "$ref": f"{schema_home}.yaml{schema['$ref']}"}
        return schema

    # ---- what is allowed ----

    def valid(self, schema, home):
        schema, home = self.flat(schema, home)
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return self.random.choice(schema["enum"])
        for group in ("oneOf", "anyOf"):
            if group in schema:
                return self.valid(self.random.choice(schema[group]), home)
        kinds = schema.get("type", "object")
        kind = kinds if isinstance(kinds, str) else self.random.choice(kinds)
        return getattr(self, f"a_{kind}")(schema, home)

    def a_null(self, *_):
        return None

    def a_boolean(self, *_):
        return self.random.random() < 0.5

    def a_integer(self, schema, _):
        low, high = schema.get("minimum", -INT64_MAX - 1), schema.get("maximum", INT64_MAX)
        choice = self.random.random()
        if choice < 0.6:
            return min(high, max(low, self.random.randint(max(low, 0), max(low, 0) + 40)))
        if choice < 0.7:
            return low
        if choice < 0.8:
            return high
        return self.random.randint(low, high)

    def a_number(self, schema, home):
        if self.random.random() < 0.5:
            return self.a_integer(schema, home)
        return round(self.random.uniform(schema.get("minimum", -1e6), schema.get("maximum", 1e6)), 5)

    def a_string(self, schema, _):
        low, high = schema.get("minLength", 0), schema.get("maxLength", 60)
        form = schema.get("format")
        if form == "date":
            return self.a_day()
        if form == "date-time":
            return self.a_moment()
        if "pattern" in schema:
            for _ in range(20):
                text = self.matching(schema["pattern"])
                if low <= len(text) <= high and re.search(schema["pattern"], text):
                    return text
        size = self.random.choice([low, high, self.random.randint(low, min(high, low + 30))])
        return self.a_text(size)

    def a_text(self, size):
        """Visible characters, some of them of four bytes, `size` in all, in normal form C."""
        text = ""
        while len(text) < size:
            text += self.random.choice(WORDS) + self.random.choice(["", "", " "])
        text = text[:size].strip()
        text = text.rstrip("\u200d")
        return text + "字" * (size - len(text))

    def a_day(self):
        edges = ["1900-01-01", "1926-05-01", "2000-02-29", "2026-01-01", "2026-12-31", "9999-12-31"]
        if self.random.random() < 0.4:
            return self.random.choice(edges)
        return str(datetime.date(2026, 1, 1) + datetime.timedelta(days=self.random.randint(-900, 900)))

    def a_moment(self):
        edges = ["9999-12-31T23:59:59-14:00", "1900-01-01T00:00:00+14:00", "2026-05-01T08:00:00.123456789Z",
                 "2026-05-01t08:00:00z", "1969-12-31T23:59:59Z", "2026-02-28T23:59:59+08:00"]
        if self.random.random() < 0.4:
            return self.random.choice(edges)
        return self.a_day() + f"T{self.random.randint(0, 23):02}:{self.random.randint(0, 59):02}:00Z"

    def a_array(self, schema, home):
        low = schema.get("minItems", 0)
        high = schema.get("maxItems", low + 3)
        count = self.random.choice([low, min(high, low + 1), min(high, low + 2)])
        items = []
        for _ in range(count * 4):
            item = self.valid(schema.get("items", {"type": "string"}), home)
            if len(items) < count and not (schema.get("uniqueItems") and item in items):
                items.append(item)
        return items

    def a_object(self, schema, home):
        made = {}
        for name, member in schema.get("properties", {}).items():
            if name in schema.get("required", []) or self.random.random() < 0.4:
                made[name] = self.valid(member, home)
        return made

    def matching(self, pattern):
        return "".join(self.pieces(sre.parse(pattern)))

    def pieces(self, tree):
        for operation, argument in tree:
            name = str(operation)
            if name == "LITERAL":
                yield chr(argument)
            elif name == "IN":
                yield self.one_of(argument)
            elif name == "ANY":
                yield self.random.choice(string.ascii_letters)
            elif name in ("MAX_REPEAT", "MIN_REPEAT"):
                low, high, inner = argument
                for _ in range(self.random.randint(low, min(int(high), low + 12))):
                    yield from self.pieces(inner)
            elif name == "SUBPATTERN":
                yield from self.pieces(argument[-1])
            elif name == "BRANCH":
                yield from self.pieces(self.random.choice(argument[1]))
            elif name not in ("AT", "ASSERT_NOT", "ASSERT"):
                raise NotImplementedError(f"{name} in a pattern")

    def one_of(self, items):
        if str(items[0][0]) == "NEGATE":
            return self.random.choice("abcXYZ019")
        operation, argument = self.random.choice(items)
        if str(operation) == "RANGE":
            return chr(self.random.randint(*argument))
        if str(operation) == "LITERAL":
            return chr(argument)
        return self.random.choice(string.digits if "DIGIT" in str(argument) else string.ascii_letters)

    # ---- what is forbidden ----

    def places(self, value, schema, home, at=""):
        """Every place of a value: (pointer, holder, key, schema, home); the whole has no holder."""
        schema, home = self.flat(schema, home)
        if isinstance(value, dict):
            for name, member in value.items():
                rule = schema.get("properties", {}).get(name)
                if rule is not None:
                    yield f"{at}/{name}", value, name, *self.flat(rule, home)
                    yield from self.places(member, rule, home, f"{at}/{name}")
        if isinstance(value, list) and "items" in schema:
            for index, item in enumerate(value):
                yield f"{at}/{index}", value, index, *self.flat(schema["items"], home)
                yield from self.places(item, schema["items"], home, f"{at}/{index}")

    def invalid(self, value, schema, home):
        """(kind, pointer, a copy of the value that is wrong there), or None when this try came to nothing."""
        value = copy.deepcopy(value)
        whole, whole_home = self.flat(schema, home)
        places = list(self.places(value, schema, home))
        if not places or self.random.random() < 0.35:
            return self.broken_object(value, whole, whole_home, places)
        pointer, holder, key, rule, rule_home = self.random.choice(places)
        kind, wrong = self.wrong(holder[key], rule, rule_home)
        holder[key] = wrong
        return kind, pointer, value

    def broken_object(self, value, schema, home, places):
        """A member missing or too many, in the whole or in an object within it."""
        objects = [("", value, schema)] + [(at, holder[key], rule) for at, holder, key, rule, _ in places if isinstance(holder[key], dict)]
        pointer, target, rule = self.random.choice(objects)
        if not isinstance(target, dict):
            return "not-an-object", "", self.random.choice([None, [], "x", 7, True])
        needed = [name for name in rule.get("required", []) if name in target]
        if needed and self.random.random() < 0.6:
            name = self.random.choice(needed)
            del target[name]
            return "missing", f"{pointer}/{name}", value
        if self.random.random() < 0.3:
            return "not-an-object", "", self.random.choice([None, [], "x", 7, True, [value]])
        name = self.random.choice(["unknown", "Name", "__proto__", "a/b~c", "𠮷", "", "x" * 200, "id"])
        target[name] = self.random.choice([1, None, "x", {}, []])
        return "unknown-member", pointer, value

    def wrong(self, value, schema, home):
        options = [("wrong-type", one) for one in (None, True, 7, 7.5, "x", [], {}, [value], {"value": value}, str(value))]
        kind = schema.get("type")
        kinds = [kind] if isinstance(kind, str) else kind or []
        if "integer" in kinds:
            low, high = schema.get("minimum", -INT64_MAX - 1), schema.get("maximum", INT64_MAX)
            options += [("below-min", low - 1), ("above-max", high + 1), ("fraction", 1.5)]
            options += [("edge", Raw(text)) for text in
                        ("9223372036854775808", "-9223372036854775809", "18446744073709551615", "18446744073709551616",
                         "1e19", "-1", "1e400", "-1e400", "123456789012345678901234567890123456789", "0.1e-400")]
        if "number" in kinds and "minimum" in schema:
            options += [("below-min", schema["minimum"] - 0.01), ("above-max", schema["maximum"] + 0.01)]
            options += [("edge", Raw(text)) for text in ("1e400", "-1e400", "1e-400", "123456789012345678901234567890")]
        if "string" in kinds:
            options += self.wrong_texts(value if isinstance(value, str) else "x", schema)
        if "array" in kinds and isinstance(value, list):
            low, high = schema.get("minItems", 0), schema.get("maxItems", 1000)
            item = value[0] if value else self.valid(schema.get("items", {}), home)
            options += [("too-many", [item] * (high + 1)), ("too-few", value[: max(0, low - 1)]), ("item-null", value + [None])]
            if schema.get("uniqueItems") and value:
                options.append(("twice", value + [value[0]]))
        if "enum" in schema:
            options += [("not-in-enum", str(schema["enum"][0]).swapcase()), ("not-in-enum", ""), ("not-in-enum", "NONE")]
        kind = self.random.choice(sorted({kind for kind, _ in options}))
        return self.random.choice([option for option in options if option[0] == kind])

    def wrong_texts(self, value, schema):
        low, high = schema.get("minLength", 0), schema.get("maxLength")
        options = [("empty", ""), ("no-text", self.random.choice(["\u0000", "\U0001d11e" * 30, "x" * 5000, "'\"\\;--", "%00"]))]
        if high is not None:
            options += [("too-long", "长" * (high + 1)), ("too-long", "𠮷" * (high + 1)), ("huge", "x" * 100_000)]
        if low > 1:
            options.append(("too-short", "短" * (low - 1)))
        if schema.get("format") == "text":
            options += [("forbidden-character", f"山{one}海" + "字" * low) for one in self.random.sample(FORBIDDEN, 3)]
            options += [("blank", one * max(3, low)) for one in self.random.sample(BLANK, 3)]
        if "pattern" in schema or schema.get("format") in ("date", "date-time"):
            options += [("no-match", one) for one in
                        (value + " ", " " + value, value + "\n", value[:-1], value * 2, "１" + value[1:], value + "\u0000", value.swapcase())]
        return options


def written(value):
    """The value as JSON, with its raw pieces."""
    import json
    raws = []

    def mark(one):
        raws.append(one.text)
        return f"\ue000{len(raws) - 1}\ue001"

    text = json.dumps(value, ensure_ascii=False, default=mark)
    for index, raw in enumerate(raws):
        text = text.replace(f'"\ue000{index}\ue001"', raw)
    return text.encode("utf-8", "surrogatepass")


def unreadable(good, random):
    """(kind, bytes, media type): a body that cannot be read, whatever its schema says."""
    text = good.decode()
    member = text.find(":") + 1
    json_type = "application/json"
    options = [
        ("invalid-utf-8", good.replace(b'"', b'"\xff', 1), json_type),
        ("overlong-utf-8", good.replace(b'"', b'"\xc0\xaf', 1), json_type),
        ("surrogate-bytes", good.replace(b'"', b'"\xed\xa0\x80', 1), json_type),
        ("lone-surrogate", text.replace('"', '"\\ud800', 1).encode(), json_type),
        ("raw-control", text.replace('"', '"\x00', 1).encode(), json_type),
        ("byte-order-mark", b"\xef\xbb\xbf" + good, json_type),
        ("truncated", good[: max(1, len(good) // 2)], json_type),
        ("trailing", good + b"{}", json_type),
        ("twice", ("{" + text[1:-1] + "," + text[1:-1] + "}").encode() if len(text) > 2 else b"{", json_type),
        ("nan", (text[:member] + "NaN}").encode(), json_type),
        ("single-quotes", text.replace('"', "'").encode() if '"' in text else b"'", json_type),
        ("comment", b"/* */" + good, json_type),
        ("deep", b'{"a":' * 40 + b"1" + b"}" * 40, json_type),
        ("very-deep", b"[" * 50_000, json_type),
        ("huge", b'{"a":"' + b"x" * 300_000 + b'"}', json_type),
        ("empty", b"", json_type),
        ("utf-16", text.encode("utf-16"), json_type),
        ("media-type", good, random.choice(["text/plain", "application/x-www-form-urlencoded", "application/jsonp", "", "multipart/form-data; boundary=x"])),
    ]
    # A body without a text has none to spoil.
    return random.choice([one for one in options if one[1:] != (good, json_type)])


if __name__ == "__main__":
    sys.exit("This is a part of requests_test.py.")
