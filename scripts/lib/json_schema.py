"""Checks values against the schemas of proto/openapi with python3-jsonschema, and with what is our own in them: what
people write (`format: text`), days and moments as we take them, and patterns as ECMA reads them.
"""
import datetime
import re
import unicodedata

try:
    from jsonschema import Draft202012Validator, FormatChecker, ValidationError, validators
except ImportError as missing:
    raise SystemExit("jsonschema is missing: scripts/install-deps --test installs python3-jsonschema") from missing
try:
    import referencing.jsonschema
except ImportError:  # Debian 12's jsonschema, which has a resolver of its own.
    referencing = None
    from jsonschema import RefResolver

ANNOTATIONS = {"title", "description", "default", "example", "examples", "deprecated", "readOnly", "writeOnly",
               "contentMediaType", "contentEncoding", "$comment", "discriminator", "externalDocs"}
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


formats = FormatChecker(formats=())
CHECKED = {
    "date": lambda text: re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII) and datetime.date.fromisoformat(text),
    "date-time": lambda text: (moment := MOMENT.fullmatch(text)) and datetime.date.fromisoformat(moment[1]),
    "uuid": lambda text: re.fullmatch(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", text),
    "uri": lambda text: re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", text),
}
FORMATS = {*CHECKED, "text", "int32", "int64", "uri-reference", "password", "byte", "binary"}
for _name, _check in CHECKED.items():
    formats.checks(_name, raises=ValueError)(lambda value, check=_check: not isinstance(value, str) or check(value))


def _format(validator, form, value, schema):
    if form != "text":
        yield from Draft202012Validator.VALIDATORS["format"](validator, form, value, schema)
    elif isinstance(value, str) and not is_text(value, schema.get("minLength", 0) == 0):
        yield ValidationError(f"{value!r} is nothing that people could read")


def _pattern(validator, pattern, value, schema):
    """In ECMA "$" is the very end, in Python also the place before a last line break."""
    ended = pattern[:-1] + r"\Z" if pattern.endswith("$") and not pattern.endswith("\\$") else pattern
    yield from Draft202012Validator.VALIDATORS["pattern"](validator, ended, value, schema)


_Checker = validators.extend(Draft202012Validator, {"format": _format, "pattern": _pattern})


def _absolute(node, home):
    """A copy whose references name the file they lead to, so that they may be followed from anywhere."""
    if isinstance(node, list):
        return [_absolute(item, home) for item in node]
    if not isinstance(node, dict):
        return node
    return {key: f"{home}.yaml{member}" if key == "$ref" and str(member).startswith("#") else _absolute(member, home)
            for key, member in node.items()}


def _followed(documents):
    """What jsonschema needs to follow references from one of the documents to another."""
    if referencing is None:
        return {"resolver": RefResolver("", {}, store=documents)}
    make = referencing.jsonschema.DRAFT202012.create_resource
    return {"registry": referencing.Registry().with_resources([(name, make(one)) for name, one in documents.items()])}


class Validator:
    """`resolve(reference, home)` returns (schema, its home); `documents` are the descriptions by the name of their home,
    which relative references start from."""

    def __init__(self, resolve, documents):
        self.resolve = resolve
        self.followed = _followed({f"{name}.yaml": _absolute(document, name) for name, document in documents.items()})

    def faults(self, value, schema, home):
        """Sentences on what is wrong with the value, each with its JSON pointer."""
        checker = _Checker(_absolute(schema, home), format_checker=formats, **self.followed)
        for error in checker.iter_errors(value):
            pointer = "".join(f"/{step}" for step in error.absolute_path)
            yield f"{pointer or '/'}: {error.message[:300]}"

    def fits(self, value, schema, home):
        return next(self.faults(value, schema, home), None) is None


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
    """Sentences on every rule of a schema that nobody would look at, which jsonschema passes over in silence."""
    if isinstance(schema, dict):
        for keyword in schema:
            if keyword not in Draft202012Validator.VALIDATORS and keyword not in ANNOTATIONS and not keyword.startswith("x-"):
                yield f"{at}: {keyword} is no keyword that we check"
        if schema.get("format", "date") not in FORMATS:
            yield f"{at}: {schema['format']} is no format that we check"
        for inner, part in parts(schema):
            yield from unknown_keywords(part, at + inner)
