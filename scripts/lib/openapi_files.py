"""Reads the OpenAPI descriptions of a folder and follows their references.

Who may do what is not written in them: it is added from the table of operations beside the folder.
"""
import pathlib

import operations

try:
    import yaml
except ImportError as missing:
    raise SystemExit("PyYAML is missing: scripts/install-deps installs python3-yaml") from missing

METHODS = ("get", "head", "post", "put", "patch", "delete", "options")


class _Loader(yaml.SafeLoader):
    """Leaves days as the texts they are in JSON, and refuses a key that comes twice."""

    def construct_mapping(self, node, deep=False):
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise yaml.constructor.ConstructorError(None, None, f"{key} comes twice", node.start_mark)
        return super().construct_mapping(node, deep)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


class Unresolvable(Exception):
    """A reference that leads nowhere."""


COMMON = "common.yaml#/components/responses/"
HEADERS = "common.yaml#/components/headers/"


def security_of(row):
    """OpenAPI's `security`: alternatives, of which the empty one is «nobody in particular»."""
    if row.who == ["public"]:
        return []
    schemes = [{}] if "public" in row.who else []
    for held, scheme in (("order", "orderAccess"), ("applicant", "onboardingAccess"), ("uploader", "uploadAccess"),
                         ("verifier", "verifierKey")):
        if held in row.who:
            schemes.append({scheme: []})
    if row.signs_in:
        schemes.append({"bearer": []})
    return schemes


def add_rights(operation, row):
    """What the table says of an operation: `security`, the refusals that follow from it, that its answer differs by
    reader, `x-roles` and, where API keys may, `x-key-scope`."""
    operation["security"] = security_of(row)
    responses = operation.setdefault("responses", {})
    if row.roles:
        operation["x-roles"] = row.roles
        if row.key_scope:
            operation["x-key-scope"] = row.key_scope
    if row.scope == "own":
        operation["x-merchants"] = "own organisation only"
    if row.signs_in:
        responses.setdefault("401", {"$ref": COMMON + "Unauthenticated"})
        responses.setdefault("403", {"$ref": COMMON + "Forbidden"})
    if row.limit not in ("none", "notifications"):  # What has a policy of the limiter.
        responses.setdefault("429", {"$ref": COMMON + "TooMany"})
    if row.signs_in and "public" in row.who and row.method == "GET" and "content" in responses.get("200", {}):
        responses["200"].setdefault("headers", {})["Vary"] = {"$ref": HEADERS + "Vary"}
    if row.signs_in and row.method != "GET":
        responses.setdefault("503", {"$ref": COMMON + "Unavailable"})


class Files:
    """The descriptions, by the name of their file without its extension: "orders"."""

    def __init__(self, folder):
        self.documents = {}
        for path in sorted(pathlib.Path(folder).glob("*.yaml")):
            with open(path, encoding="utf-8") as stream:
                self.documents[path.stem] = yaml.load(stream, _Loader)
        table = pathlib.Path(folder).parent / "operations.csv"
        self.table = {one.name: one for one in operations.read(table)} if table.exists() else {}
        for _, _, _, operation, _ in self.operations():
            if operation.get("operationId") in self.table:
                add_rights(operation, self.table[operation["operationId"]])

    def services(self):
        return {name: document for name, document in self.documents.items() if name != "common"}

    def resolve(self, reference, home):
        """What a reference in the file `home` means, and in which file that is."""
        file, _, pointer = reference.partition("#")
        name = pathlib.PurePath(file).stem if file else home
        node = self.documents.get(name)
        if node is None or not pointer.startswith("/"):
            raise Unresolvable(reference)
        for step in pointer[1:].split("/"):
            step = step.replace("~1", "/").replace("~0", "~")
            if not isinstance(node, dict) or step not in node:
                raise Unresolvable(reference)
            node = node[step]
        return node, name

    def follow(self, node, home):
        """The node itself, or what it refers to, however many references it takes."""
        while isinstance(node, dict) and "$ref" in node:
            node, home = self.resolve(node["$ref"], home)
        return node, home

    def operations(self):
        """(file, path, method, operation, the path's own parameters) of every operation."""
        for name, document in self.services().items():
            for path, item in (document.get("paths") or {}).items():
                for method in METHODS:
                    if method in item:
                        yield name, path, method, item[method], item.get("parameters", [])
