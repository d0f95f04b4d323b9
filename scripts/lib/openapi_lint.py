#!/usr/bin/env python3
"""Checks the OpenAPI 3.1 descriptions in a folder: structure, references, problem responses, and that every example
fits its schema.

usage: openapi_lint.py FOLDER
"""
import re
import sys

import json_schema
from openapi_files import METHODS, Files, Unresolvable

PROBLEM = "application/problem+json"


class Lint:
    def __init__(self, files):
        self.files = files
        self.validator = json_schema.Validator(files.resolve)
        self.complaints = []
        self.operation_ids = {}
        self.examples = 0

    def complain(self, where, what):
        self.complaints.append(f"{where}: {what}")

    def run(self):
        for name, document in self.files.documents.items():
            self.document(name, document)
            self.references(name, document, name)
        if self.complaints:
            return  # What follows relies on references that lead somewhere.
        for name, document in self.files.documents.items():
            self.components(name, document.get("components", {}))
        for name, path, method, operation, shared in self.files.operations():
            self.operation(name, path, method, operation, shared)

    def document(self, name, document):
        if not str(document.get("openapi", "")).startswith("3.1."):
            self.complain(name, "openapi is not 3.1")
        for member in ("title", "version", "summary"):
            if not document.get("info", {}).get(member):
                self.complain(name, f"info has no {member}")
        for path, item in (document.get("paths") or {}).items():
            if not path.startswith("/") or path.endswith("//"):
                self.complain(f"{name} {path}", "is no path")
            for member in item:
                if member not in METHODS and member not in ("parameters", "summary", "description"):
                    self.complain(f"{name} {path}", f"{member} is no method")

    def references(self, name, node, where):
        if isinstance(node, list):
            for index, item in enumerate(node):
                self.references(name, item, f"{where}/{index}")
        if not isinstance(node, dict):
            return
        reference = node.get("$ref")
        if isinstance(reference, str):
            try:
                self.files.follow(node, name)
            except Unresolvable:
                self.complain(where, f"{reference} leads nowhere")
        for key, member in node.items():
            self.references(name, member, f"{where}/{key}")

    def components(self, name, components):
        where = f"{name}/components"
        for key, schema in components.get("schemas", {}).items():
            self.schema(schema, name, f"{where}/schemas/{key}")
        for key, parameter in components.get("parameters", {}).items():
            self.parameter(parameter, name, f"{where}/parameters/{key}")
        for key, response in components.get("responses", {}).items():
            self.response(response, name, f"{where}/responses/{key}")

    def operation(self, name, path, method, operation, shared):
        where = f"{name} {method.upper()} {path}"
        operation_id = operation.get("operationId")
        if not re.fullmatch(r"[a-z][A-Za-z0-9]*", operation_id or ""):
            self.complain(where, "has no operationId in camelCase")
        elif operation_id in self.operation_ids:
            self.complain(where, f"has the operationId of {self.operation_ids[operation_id]}")
        self.operation_ids[operation_id] = where
        if not operation.get("summary"):
            self.complain(where, "has no summary")
        self.tags(name, operation, where)
        self.parameters(name, path, operation.get("parameters", []) + shared, where)
        if "requestBody" in operation:
            self.request_body(*self.files.follow(operation["requestBody"], name), where)
        self.responses(name, operation, where)
        self.security(name, operation, where)

    def tags(self, name, operation, where):
        declared = {tag["name"] for tag in self.files.documents[name].get("tags", [])}
        if not operation.get("tags"):
            self.complain(where, "has no tags")
        for tag in operation.get("tags", []):
            if tag not in declared:
                self.complain(where, f"the tag {tag} is not declared in its file")

    def parameters(self, name, path, parameters, where):
        in_path = set()
        for node in parameters:
            parameter, home = self.files.follow(node, name)
            self.parameter(parameter, home, f"{where} {parameter.get('name')}")
            if parameter.get("in") == "path":
                in_path.add(parameter["name"])
        if in_path != set(re.findall(r"{([^}]+)}", path)):
            self.complain(where, "the path's {names} are not its path parameters")

    def parameter(self, parameter, home, where):
        if parameter.get("in") not in ("path", "query", "header", "cookie"):
            self.complain(where, "does not say where it is (in)")
        if parameter.get("in") == "path" and parameter.get("required") is not True:
            self.complain(where, "is in the path and not required")
        if "schema" not in parameter:
            self.complain(where, "has no schema")
            return
        self.schema(parameter["schema"], home, where)
        self.check_examples(parameter, home, where)
        self.bounded(parameter["schema"], home, where)

    def request_body(self, body, home, where):
        for media_type, content in body.get("content", {}).items():
            self.content(content, home, f"{where} body")
            if "json" in media_type:
                self.bounded(content.get("schema", {}), home, f"{where} body")
            if media_type == "application/json" and not ("example" in content or content.get("examples")):
                self.complain(where, "the body has no example")

    def bounded(self, schema, home, where):
        """What a caller may send has bounds: else the schema allows what the code must refuse."""
        schema, home = self.files.follow(schema, home)
        kinds = schema.get("type", [])
        kinds = [kinds] if isinstance(kinds, str) else kinds
        if "string" in kinds and not {"enum", "const", "pattern", "maxLength"} & schema.keys():
            self.complain(where, "is a text without enum, pattern or maxLength")
        if "integer" in kinds and not {"enum", "const"} & schema.keys() and not {"minimum", "maximum"} <= schema.keys():
            self.complain(where, "is a number without minimum and maximum")
        if "array" in kinds and "maxItems" not in schema:
            self.complain(where, "is an array without maxItems")
        if "object" in kinds and not {"additionalProperties", "unevaluatedProperties"} & schema.keys():
            self.complain(where, "is an object that may have any other members")
        for at, part in json_schema.parts(schema):
            inner = self.files.follow(part, home)[0] if isinstance(part, dict) else part
            if isinstance(inner, dict) and not at.startswith(("/allOf", "/anyOf")):
                self.bounded(part, home, where + at)
            elif isinstance(inner, dict):
                for name, member in inner.get("properties", {}).items():
                    self.bounded(member, self.files.follow(part, home)[1], f"{where}{at}/{name}")

    def responses(self, name, operation, where):
        problems = False
        for status, node in operation.get("responses", {}).items():
            response, home = self.files.follow(node, name)
            self.response(response, home, f"{where} {status}")
            if not re.fullmatch(r"[1-5]\d\d|default", str(status)):
                self.complain(where, f"{status} is no status")
            if str(status)[0] in "45d" and PROBLEM in response.get("content", {}):
                problems = True
        if not operation.get("responses"):
            self.complain(where, "has no responses")
        elif not problems:
            self.complain(where, f"declares no {PROBLEM} response")

    def response(self, response, home, where):
        if not response.get("description"):
            self.complain(where, "has no description")
        for key, node in response.get("headers", {}).items():
            header, header_home = self.files.follow(node, home)
            self.schema(header.get("schema", {}), header_home, f"{where} {key}")
        for media_type, content in response.get("content", {}).items():
            self.content(content, home, where)
            if media_type == PROBLEM:
                self.problem(content, home, where)

    def problem(self, content, home, where):
        schema, _ = self.files.follow(content.get("schema", {}), home)
        if schema is not self.files.documents["common"]["components"]["schemas"]["Problem"]:
            self.complain(where, "a problem is described by something else than common.yaml's Problem")

    def security(self, name, operation, where):
        known = dict(self.files.documents["common"]["components"].get("securitySchemes", {}))
        known.update(self.files.documents[name].get("components", {}).get("securitySchemes", {}))
        asked = operation.get("security", [])
        for scheme in {scheme for one in asked for scheme in one}:
            if scheme not in known:
                self.complain(where, f"the security scheme {scheme} is declared nowhere")
        if self.files.table and operation.get("operationId") not in self.files.table:
            self.complain(where, "has no row in operations.csv: who may?")
        if asked and {} not in asked and not {"401", "403", "404"} & {str(one) for one in operation["responses"]}:
            self.complain(where, "is protected and declares no refusal (401, 403 or 404)")

    def content(self, content, home, where):
        if "schema" in content:
            self.schema(content["schema"], home, where)
            self.check_examples(content, home, where)

    def schema(self, schema, home, where):
        for what in json_schema.unknown_keywords(schema):
            self.complain(where, what)
        for at, part in [("", schema), *json_schema.parts(schema if isinstance(schema, dict) else {})]:
            if not isinstance(part, dict):
                continue
            samples = [part[key] for key in ("default", "example") if key in part] + part.get("examples", [])
            for sample in samples:
                self.fits(sample, part, home, where + at)

    def check_examples(self, holder, home, where):
        if "example" in holder:
            self.fits(holder["example"], holder["schema"], home, where)
        for key, node in holder.get("examples", {}).items():
            example, _ = self.files.follow(node, home)
            self.fits(example.get("value"), holder["schema"], home, f"{where}, example {key}")

    def fits(self, value, schema, home, where):
        self.examples += 1
        for fault in self.validator.faults(value, schema, home):
            self.complain(where, fault)


def main():
    if len(sys.argv) != 2 or sys.argv[1] == "--help":
        print(__doc__)
        return 0 if sys.argv[1:] == ["--help"] else 2
    lint = Lint(Files(sys.argv[1]))
    lint.run()
    for complaint in dict.fromkeys(lint.complaints):
        print(f"openapi: {complaint}")
    if not lint.complaints:
        print(f"openapi: {len(lint.operation_ids)} operations and {lint.examples} examples are well")
    return 1 if lint.complaints else 0


if __name__ == "__main__":
    sys.exit(main())
