#!/usr/bin/env python3
"""Rules of this house for the OpenAPI descriptions in a folder, which no other linter knows: what a caller may send has
bounds, a problem is common.yaml's, a body has an example, who may is in operations.csv, and every example fits its schema
with our own formats. What everybody asks of a description is checked by openapi_lint/lint.mjs.

usage: openapi_lint.py FOLDER
"""
import sys

import json_schema
from openapi_files import Files

PROBLEM = "application/problem+json"
# What is replaced without a word on what was seen: nothing of another's is lost by that.
LAST_WORD = {
    "correctOnboarding": "one applicant has its key, and it is taken once each time that it was sent back (409 afterwards)",
    "setStockThresholds": "a mark for the desk; every word is kept, with who said it",
}


class Lint:
    def __init__(self, files):
        self.files = files
        self.validator = json_schema.Validator(files.resolve, files.documents)
        self.complaints = []

    def complain(self, where, what):
        self.complaints.append(f"{where}: {what}")

    def run(self):
        for name, document in self.files.documents.items():
            for key, schema in document.get("components", {}).get("schemas", {}).items():
                for what in json_schema.unknown_keywords(schema):
                    self.complain(f"{name} {key}", what)
        for name, path, method, operation, shared in self.files.operations():
            self.operation(name, f"{name} {method.upper()} {path}", operation, shared)
            if method == "put" and operation.get("operationId") not in LAST_WORD:
                self.replacing(name, f"{name} PUT {path}", operation, shared)

    def operation(self, name, where, operation, shared):
        if self.files.table and operation.get("operationId") not in self.files.table:
            self.complain(where, "has no row in operations.csv: who may?")
        for node in operation.get("parameters", []) + shared:
            parameter, home = self.files.follow(node, name)
            self.content(parameter, home, f"{where} {parameter['name']}")
            self.bounded(parameter["schema"], home, f"{where} {parameter['name']}")
        body, home = self.files.follow(operation.get("requestBody", {}), name)
        for media_type, content in body.get("content", {}).items():
            self.content(content, home, f"{where} body")
            if "json" in media_type:
                self.bounded(content.get("schema", {}), home, f"{where} body")
            if media_type == "application/json" and not ("example" in content or content.get("examples")):
                self.complain(where, "the body has no example")
            # A provider's notification is read as the bytes that it signed, whatever it calls them.
            if media_type == "application/json" and operation["operationId"] != "notifyPayment":
                for status in {"413", "415"} - operation["responses"].keys():
                    self.complain(where, f"the body is JSON, and {status} is not described")
        for status, node in operation["responses"].items():
            self.response(*self.files.follow(node, name), f"{where} {status}")

    def replacing(self, name, where, operation, shared):
        """Two who replace the same: the second is told, instead of undoing what the first did."""
        headers = {self.files.follow(node, name)[0]["name"] for node in operation.get("parameters", []) + shared}
        if "If-Match" not in headers or not {"412", "428"} <= operation["responses"].keys():
            self.complain(where, "replaces a thing without If-Match, 412 and 428")

    def response(self, response, home, where):
        for media_type, content in response.get("content", {}).items():
            self.content(content, home, where)
            if media_type == PROBLEM and self.files.follow(content.get("schema", {}), home)[0] is not \
                    self.files.documents["common"]["components"]["schemas"]["Problem"]:
                self.complain(where, "a problem is described by something else than common.yaml's Problem")

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

    def content(self, holder, home, where):
        """The examples of a parameter or a body."""
        samples = [holder["example"]] if "example" in holder else []
        samples += [self.files.follow(node, home)[0].get("value") for node in holder.get("examples", {}).values()]
        for sample in samples:
            for fault in self.validator.faults(sample, holder["schema"], home):
                self.complain(where, f"the example {fault}")


def main():
    if len(sys.argv) != 2 or sys.argv[1] == "--help":
        print(__doc__)
        return 0 if sys.argv[1:] == ["--help"] else 2
    lint = Lint(Files(sys.argv[1]))
    lint.run()
    for complaint in dict.fromkeys(lint.complaints):
        print(f"openapi: {complaint}")
    return 1 if lint.complaints else 0


if __name__ == "__main__":
    sys.exit(main())
