"""Reads the OpenAPI descriptions of a folder and follows their references."""
import pathlib

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


class Files:
    """The descriptions, by the name of their file without its extension: "orders"."""

    def __init__(self, folder):
        self.documents = {}
        for path in sorted(pathlib.Path(folder).glob("*.yaml")):
            with open(path, encoding="utf-8") as stream:
                self.documents[path.stem] = yaml.load(stream, _Loader)

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
