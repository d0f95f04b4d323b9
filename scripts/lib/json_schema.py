"""The part of JSON Schema 2020-12 that proto/openapi uses, checked without any other library.

A keyword that is not known here is a complaint of its own (see `unknown_keywords`), so that no rule of a schema
is ever ignored in silence.
"""
import datetime
import json
import re
import unicodedata

ANNOTATIONS = {"title", "description", "default", "example", "examples", "deprecated", "readOnly", "writeOnly",
               "contentMediaType", "contentEncoding", "$comment", "discriminator", "externalDocs"}
RULES = {"$ref", "type", "const", "enum", "allOf", "anyOf", "oneOf", "not", "properties", "required",
         "additionalProperties", "unevaluatedProperties", "propertyNames", "patternProperties", "minProperties",
         "maxProperties", "items", "prefixItems", "contains", "minItems", "maxItems", "uniqueItems", "minLength",
         "maxLength", "pattern", "format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
         "multipleOf"}
FORMATS = {"int32", "int64", "text", "date", "date-time", "uri", "uri-reference", "password", "byte", "binary", "uuid"}


def type_of(value):
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, float):
        return "number"
    return {str: "string", list: "array", dict: "object"}[type(value)]


def is_type(value, wanted):
    """1.0 is an integer: JSON Schema 2020-12 looks at the number, not at how it is written."""
    actual = type_of(value)
    whole = actual == "number" and value.is_integer()
    return actual == wanted or (wanted == "number" and actual == "integer") or (wanted == "integer" and whole)


def ended(pattern):
    """The pattern as ECMA reads it: there "$" is the very end, in Python also the place before a last line break."""
    return pattern[:-1] + r"\Z" if pattern.endswith("$") and not pattern.endswith("\\$") else pattern


def same(left, right):
    """1 and true are not the same, unlike in Python."""
    return json.dumps(left, sort_keys=True) == json.dumps(right, sort_keys=True)


MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[Tt]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)", re.ASCII)
DIRECTION_MARKS = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
UNSEEN = set("\u115f\u1160\u2800\u3164\uffa0")
LINE_BREAKS = set("\n\x0b\x0c\r\x85\u2028\u2029")


def is_text(text, may_be_blank=True):
    """What people write, as common.yaml describes `format: text`. Whether it may have lines is not a schema's to say."""
    def exists(one):
        return unicodedata.category(one) != "Cn" or "\U00020000" <= one <= "\U0003ffff"

    trimmed = text.strip(" \t\n\r\x0b\x0c\x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000\u180e\u200b\u2060\ufeff" +
                         "".join(map(chr, range(0x2000, 0x200b))))
    if any(one in DIRECTION_MARKS or one == "\ufeff" or not exists(one) or ord(one) & 0xfffe == 0xfffe or
           (unicodedata.category(one) in ("Cc", "Cs") and one not in LINE_BREAKS) for one in trimmed):
        return False
    return (may_be_blank and not trimmed) or any(unicodedata.category(one)[0] in "LNPS" and one not in UNSEEN or unicodedata.category(one) in ("Co", "Cn")
                           for one in trimmed)


def well_formed(text, form):
    try:
        if form == "date":
            return re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII) and datetime.date.fromisoformat(text)
        if form == "date-time":
            moment = MOMENT.fullmatch(text)
            return moment and datetime.date.fromisoformat(moment[1])
        if form == "text":
            return is_text(text)
        if form == "uuid":
            return re.fullmatch(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", text)
        if form == "uri":
            return re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", text)
    except ValueError:
        return False
    return True


class Validator:
    """Checks values against schemas. `resolve(reference, home)` returns (schema, its home): a home is whatever
    relative references start from."""

    def __init__(self, resolve):
        self.resolve = resolve

    def faults(self, value, schema, home, at=""):
        """Sentences on what is wrong with the value, each with its JSON pointer."""
        if schema is True or schema == {}:
            return
        if schema is False:
            yield f"{at or '/'}: nothing is allowed here"
            return
        if "$ref" in schema:
            target, target_home = self.resolve(schema["$ref"], home)
            yield from self.faults(value, target, target_home, at)
        yield from self._combined(value, schema, home, at)
        yield from self._plain(value, schema, at)
        if isinstance(value, dict):
            yield from self._object(value, schema, home, at)
        if isinstance(value, list):
            yield from self._array(value, schema, home, at)

    def fits(self, value, schema, home):
        return next(self.faults(value, schema, home), None) is None

    def _combined(self, value, schema, home, at):
        for part in schema.get("allOf", []):
            yield from self.faults(value, part, home, at)
        if "anyOf" in schema and not any(self.fits(value, part, home) for part in schema["anyOf"]):
            yield f"{at or '/'}: fits none of anyOf"
        if "oneOf" in schema:
            count = sum(self.fits(value, part, home) for part in schema["oneOf"])
            if count != 1:
                yield f"{at or '/'}: fits {count} of oneOf instead of one"
        if "not" in schema and self.fits(value, schema["not"], home):
            yield f"{at or '/'}: fits what it must not"

    @staticmethod
    def _plain(value, schema, at):
        where = at or "/"
        wanted = schema.get("type")
        if wanted is not None and not any(is_type(value, one) for one in ([wanted] if isinstance(wanted, str) else wanted)):
            yield f"{where}: is {type_of(value)}, not {wanted}"
            return
        if "const" in schema and not same(value, schema["const"]):
            yield f"{where}: is not {schema['const']!r}"
        if "enum" in schema and not any(same(value, one) for one in schema["enum"]):
            yield f"{where}: {value!r} is not one of {schema['enum']}"
        if isinstance(value, str):
            if len(value) < schema.get("minLength", 0):
                yield f"{where}: is shorter than {schema['minLength']}"
            if len(value) > schema.get("maxLength", len(value)):
                yield f"{where}: is longer than {schema['maxLength']}"
            if "pattern" in schema and not re.search(ended(schema["pattern"]), value):
                yield f"{where}: {value!r} does not match {schema['pattern']}"
            if schema.get("format") == "text" and not is_text(value, schema.get("minLength", 0) == 0):
                yield f"{where}: {value!r} is nothing that people could read"
            if "format" in schema and not well_formed(value, schema["format"]):
                yield f"{where}: {value!r} is no {schema['format']}"
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            if value < schema.get("minimum", value) or value <= schema.get("exclusiveMinimum", value - 1):
                yield f"{where}: {value} is too small"
            if value > schema.get("maximum", value) or value >= schema.get("exclusiveMaximum", value + 1):
                yield f"{where}: {value} is too large"
            if value % schema.get("multipleOf", 1 if isinstance(value, int) else value or 1):
                yield f"{where}: {value} is not a multiple of {schema['multipleOf']}"

    def _object(self, value, schema, home, at):
        for name in schema.get("required", []):
            if name not in value:
                yield f"{at or '/'}: {name} is missing"
        if len(value) < schema.get("minProperties", 0):
            yield f"{at or '/'}: has too few members"
        if len(value) > schema.get("maxProperties", len(value)):
            yield f"{at or '/'}: has too many members"
        for name, member in value.items():
            if "propertyNames" in schema:
                yield from self.faults(name, schema["propertyNames"], home, f"{at}/{name}")
            known = self._rules_of(name, schema)
            for rule in known:
                yield from self.faults(member, rule, home, f"{at}/{name}")
            if not known and "additionalProperties" in schema:
                yield from self.faults(member, schema["additionalProperties"], home, f"{at}/{name}")
        if "unevaluatedProperties" in schema:
            seen = self._evaluated(value, schema, home)
            for name in value.keys() - seen:
                yield from self.faults(value[name], schema["unevaluatedProperties"], home, f"{at}/{name}")

    @staticmethod
    def _rules_of(name, schema):
        rules = [schema["properties"][name]] if name in schema.get("properties", {}) else []
        return rules + [rule for form, rule in schema.get("patternProperties", {}).items() if re.search(form, name)]

    def _evaluated(self, value, schema, home):
        """The members that some part of the schema has an opinion on."""
        if not isinstance(schema, dict):
            return set()
        seen = {name for name in value if self._rules_of(name, schema)}
        if "additionalProperties" in schema:
            return set(value)
        if "$ref" in schema:
            seen |= self._evaluated(value, *self.resolve(schema["$ref"], home))
        for part in schema.get("allOf", []):
            seen |= self._evaluated(value, part, home)
        for part in schema.get("anyOf", []) + schema.get("oneOf", []):
            if self.fits(value, part, home):
                seen |= self._evaluated(value, part, home)
        return seen

    def _array(self, value, schema, home, at):
        if len(value) < schema.get("minItems", 0):
            yield f"{at or '/'}: has too few items"
        if len(value) > schema.get("maxItems", len(value)):
            yield f"{at or '/'}: has too many items"
        if schema.get("uniqueItems") and len({json.dumps(item, sort_keys=True) for item in value}) < len(value):
            yield f"{at or '/'}: holds an item twice"
        first = schema.get("prefixItems", [])
        for index, item in enumerate(value):
            rule = first[index] if index < len(first) else schema.get("items", True)
            yield from self.faults(item, rule, home, f"{at}/{index}")
        if "contains" in schema and not any(self.fits(item, schema["contains"], home) for item in value):
            yield f"{at or '/'}: holds no item of the kind it must"


def parts(schema):
    """The schemas inside a schema, each with its pointer."""
    for name in ("additionalProperties", "unevaluatedProperties", "propertyNames", "items", "contains", "not"):
        if name in schema:
            yield f"/{name}", schema[name]
    for name in ("properties", "patternProperties"):
        for key, part in schema.get(name, {}).items():
            yield f"/{name}/{key}", part
    for name in ("allOf", "anyOf", "oneOf", "prefixItems"):
        for index, part in enumerate(schema.get(name, [])):
            yield f"/{name}/{index}", part


def unknown_keywords(schema, at=""):
    """Sentences on everything in a schema that the validator above would not look at."""
    if isinstance(schema, bool):
        return
    if not isinstance(schema, dict):
        yield f"{at}: is no schema"
        return
    for keyword in schema:
        if keyword not in RULES and keyword not in ANNOTATIONS and not keyword.startswith("x-"):
            yield f"{at}: {keyword} is no keyword that we check"
    if schema.get("format", "date") not in FORMATS:
        yield f"{at}: {schema['format']} is no format that we check"
    for name in schema.get("required", []):
        if "properties" in schema and name not in schema["properties"] and "allOf" not in schema:
            yield f"{at}: requires {name}, which it does not describe"
    for inner, part in parts(schema):
        yield from unknown_keywords(part, at + inner)
