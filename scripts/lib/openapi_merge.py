#!/usr/bin/env python3
"""Merges the OpenAPI descriptions of a folder into one JSON document, for /openapi.json and the page at /docs/.

usage: openapi_merge.py FOLDER OUTPUT
"""
import copy
import json
import pathlib
import sys

from openapi_files import Files


def with_head_too_large(operation):
    """Whatever is asked, a head may be too large: so no description has to say it."""
    if isinstance(operation, dict) and "responses" in operation:
        operation["responses"].setdefault("431", {"$ref": "#/components/responses/HeadTooLarge"})
    return operation


class Merge:
    def __init__(self, files):
        self.files = files
        owners = {}
        for name, document in files.documents.items():
            for kind, parts in document.get("components", {}).items():
                for key in parts:
                    owners.setdefault((kind, key), []).append(name)
        # A security scheme of the same name is the same scheme everywhere: the token is.
        self.shared_names = {name for name, homes in owners.items()
                             if len(homes) > 1 and name[0] != "securitySchemes"}

    def name_of(self, home, kind, key):
        """A part keeps its name unless another file has one of that name: then its file stands before it."""
        return f"{home}.{key}" if (kind, key) in self.shared_names and home != "common" else key

    def reference(self, reference, home):
        file, _, pointer = reference.partition("#/components/")
        kind, _, key = pointer.partition("/")
        return f"#/components/{kind}/{self.name_of(pathlib.PurePath(file).stem if file else home, kind, key)}"

    def moved(self, node, home):
        """A copy whose references lead to the same parts in the merged document."""
        if isinstance(node, list):
            return [self.moved(item, home) for item in node]
        if not isinstance(node, dict):
            return copy.copy(node)
        return {key: self.reference(member, home) if key == "$ref" and isinstance(member, str) else self.moved(member, home)
                for key, member in node.items()}

    def paths(self):
        merged = {}
        for name, document in self.files.services().items():
            for path, item in document.get("paths", {}).items():
                known = merged.setdefault(path, {})
                for member, value in self.moved(item, name).items():
                    if member in known:
                        sys.exit(f"openapi: {name} describes {member.upper()} {path} again")
                    known[member] = with_head_too_large(value)
        return dict(sorted(merged.items()))

    def components(self):
        merged = {}
        homes = sorted(self.files.documents, key=lambda name: name != "common")  # Common parts come first, and win.
        for name in homes:
            for kind, parts in self.files.documents[name].get("components", {}).items():
                for key, part in parts.items():
                    merged.setdefault(kind, {}).setdefault(self.name_of(name, kind, key), self.moved(part, name))
        return merged

    def tags(self):
        return [{**tag, "x-service": name} for name, document in self.files.services().items()
                for tag in document.get("tags", [])]


def merge(files):
    work = Merge(files)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Shanhai 山海集",
            "version": "0.1.0",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
            "summary": "A consumption-assistance marketplace in which every fen can be traced to its county.",
        },
        "servers": [{"url": "/"}],
        "tags": work.tags(),
        "paths": work.paths(),
        "components": work.components(),
        "x-services": {name: {"summary": document["info"]["summary"], "description": document["info"].get("description", "")}
                       for name, document in files.services().items()},
    }


def main():
    if len(sys.argv) != 3:
        print(__doc__)
        return 0 if sys.argv[1:] == ["--help"] else 2
    text = json.dumps(merge(Files(sys.argv[1])), ensure_ascii=False, separators=(",", ":"))
    pathlib.Path(sys.argv[2]).write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
