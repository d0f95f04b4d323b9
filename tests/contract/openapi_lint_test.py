#!/usr/bin/env python3
"""The lint of the API descriptions finds what it is there to find: one small description, broken in many ways."""
import copy
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

LIB = pathlib.Path(__file__).resolve().parents[2] / "scripts" / "lib"
sys.path.insert(0, str(LIB))
import json_schema  # noqa: E402
import openapi_lint  # noqa: E402
import openapi_merge  # noqa: E402
from openapi_files import Files  # noqa: E402

PROBLEM = {"description": "No.", "content": {"application/problem+json": {"schema": {"$ref": "common.yaml#/components/schemas/Problem"}}}}
COMMON = {
    "openapi": "3.1.0",
    "info": {"title": "Common", "version": "1", "summary": "Shared."},
    "paths": {},
    "components": {
        "schemas": {"Problem": {"type": "object", "properties": {"type": {"type": "string"}, "title": {"type": "string"}}}},
        "responses": {"HeadTooLarge": PROBLEM},
        "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
    },
}
GOOD = {
    "openapi": "3.1.0",
    "info": {"title": "Trees", "version": "1", "summary": "Trees."},
    "tags": [{"name": "trees", "description": "What grows."}],
    "paths": {
        "/v1/trees/{tree_id}": {
            "post": {
                "operationId": "plantTree",
                "tags": ["trees"],
                "summary": "Plant a tree",
                "security": [{"bearer": []}],
                "parameters": [{"name": "tree_id", "in": "path", "required": True, "schema": {"type": "integer", "minimum": 1, "maximum": 9}, "example": 7}],
                "requestBody": {"content": {"application/json": {
                    "schema": {"$ref": "#/components/schemas/Tree"}, "examples": {"oak": {"value": {"kind": "OAK"}}}}}},
                "responses": {"201": {"description": "Planted."}, "401": PROBLEM, "413": PROBLEM, "415": PROBLEM},
            }
        }
    },
    "components": {"schemas": {"Tree": {
        "type": "object", "additionalProperties": False, "required": ["kind"],
        "properties": {"kind": {"enum": ["OAK", "FIR"]}, "height": {"type": "integer", "minimum": 1, "maximum": 99},
                       "planted": {"type": "string", "format": "date", "maxLength": 10}}}}},
}
PATH = "/v1/trees/{tree_id}"


def files_of(document, **others):
    files = Files("/nonexistent")
    files.documents = {"common": copy.deepcopy(COMMON), "trees": document, **others}
    return files


def house_complaints(document):
    lint = openapi_lint.Lint(files_of(document))
    lint.run()
    return lint.complaints


def general_complaints(documents):
    """What Redocly's rules find in each of them: a process for all, since starting it takes longest."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [pathlib.Path(folder) / f"{index}.json" for index in range(len(documents))]
        for path, document in zip(paths, documents):
            path.write_text(json.dumps(openapi_merge.merge(files_of(document))))
        told = subprocess.run(["node", LIB / "openapi_lint" / "lint.mjs", *paths], capture_output=True, text=True, check=False)
        if told.stderr:
            raise AssertionError(told.stderr)
        return [[line for line in told.stdout.splitlines() if f"{path}#" in line] for path in paths]


def broken(change):
    document = copy.deepcopy(GOOD)
    change(document, document["paths"][PATH]["post"])
    return document


def body_of(operation):
    return operation["requestBody"]["content"]["application/json"]


def tree_of(document):
    return document["components"]["schemas"]["Tree"]


def exemplify(value):
    return lambda _, operation: body_of(operation)["examples"]["oak"].update(value=value)


HOUSE_FAULTS = {
    "replaces a thing without If-Match": lambda document, operation: document["paths"][PATH].update(put={**operation, "operationId": "replaceTree"}),
    "is not a 'date'": exemplify({"kind": "OAK", "planted": "2026-02-30"}),
    "the body has no example": lambda _, operation: body_of(operation).pop("examples"),
    "413 is not described": lambda _, operation: operation["responses"].pop("413"),
    "415 is not described": lambda _, operation: operation["responses"].pop("415"),
    "is no keyword": lambda document, _: tree_of(document).update(maxWeight=3),
    "is no format": lambda document, _: tree_of(document)["properties"]["planted"].update(format="day"),
    "than common.yaml's Problem": lambda _, operation: operation["responses"].update({"401": {
        "description": "No.", "content": {"application/problem+json": {"schema": {"type": "object"}}}}}),
    "is a number without minimum and maximum": lambda _, operation: operation["parameters"][0]["schema"].pop("maximum"),
    "is a text without enum, pattern or maxLength": lambda document, _: tree_of(document)["properties"].update(name={"type": "string"}),
    "is an array without maxItems": lambda document, _: tree_of(document)["properties"].update(
        leaves={"type": "array", "items": {"type": "boolean"}}),
    "is an object that may have any other members": lambda document, _: tree_of(document).pop("additionalProperties"),
}
GENERAL_FAULTS = {
    "(struct)": lambda _, operation: operation["responses"]["201"].pop("description"),
    "(operation-summary)": lambda _, operation: operation.pop("summary"),
    "(rule/operation-id-in-camel-case)": lambda _, operation: operation.update(operationId="Plant-tree"),
    "(operation-singular-tag)": lambda _, operation: operation.update(tags=["trees", "trees"]),
    "(operation-tag-defined)": lambda _, operation: operation.update(tags=["bushes"]),
    "(no-unresolved-refs)": lambda _, operation: body_of(operation)["schema"].update({"$ref": "#/components/schemas/Bush"}),
    "(path-parameters-defined)": lambda _, operation: operation.pop("parameters"),
    "(no-invalid-parameter-examples)": lambda _, operation: operation["parameters"][0].update(example="7"),
    "(no-invalid-media-type-examples)": exemplify({"kind": "ELM"}),
    "(operation-4xx-problem-details-rfc7807)": lambda _, operation: operation["responses"].update({"401": {
        "description": "No.", "content": {"application/json": {"schema": {"type": "object"}}}}}),
    "(security-defined)": lambda _, operation: operation.update(security=[{"password": []}]),
    "(operation-operationId-unique)": lambda document, _: document["paths"].update(
        {PATH + "/copy": copy.deepcopy(document["paths"][PATH])}),
    "(no-unused-components)": lambda document, _: document["components"]["schemas"].update(Bush={"type": "object"}),
}


class LintTest(unittest.TestCase):
    def test_accepts_a_good_description(self):
        self.assertEqual(house_complaints(copy.deepcopy(GOOD)), [])
        self.assertEqual(general_complaints([copy.deepcopy(GOOD)]), [[]])

    def test_finds_each_fault_of_the_house(self):
        for expected, change in HOUSE_FAULTS.items():
            with self.subTest(expected):
                found = house_complaints(broken(change))
                self.assertTrue(any(expected in complaint for complaint in found), found)

    def test_finds_each_fault_that_everybody_knows(self):
        found = general_complaints([broken(change) for change in GENERAL_FAULTS.values()])
        for expected, complaints in zip(GENERAL_FAULTS, found):
            with self.subTest(expected):
                self.assertTrue(any(expected in complaint for complaint in complaints), complaints)


class SchemaTest(unittest.TestCase):
    def faults(self, value, schema):
        return list(json_schema.Validator(None, {}).faults(value, schema, ""))

    def test_tells_true_from_one(self):
        self.assertTrue(self.faults(True, {"type": "integer"}))
        self.assertTrue(self.faults(True, {"const": 1}))
        self.assertFalse(self.faults(1.0, {"type": "integer"}))
        self.assertTrue(self.faults(1.5, {"type": "integer"}))

    def test_reads_texts_as_people_do(self):
        for good in ("", "山 海", "𠮷\n二", "👩\u200d🌾", "\u3000a\u200b", "\U0002ebf0"):
            self.assertEqual(self.faults(good, {"format": "text"}), [], good)
        self.assertTrue(self.faults(" \u3000", {"format": "text", "minLength": 1}))
        for bad in ("\u200d", "a\u202eb", "a\0b", "a\ufeffb", "a\ufdd0", "\u3164", "a\u0378"):
            self.assertTrue(self.faults(bad, {"format": "text"}), bad)
        self.assertTrue(self.faults("530624\n", {"pattern": "^[0-9]{6}$"}))

    def test_reads_moments_as_rfc_3339_does(self):
        for good in ("2026-05-01T08:00:00Z", "2026-05-01t08:00:00.123456789+14:00"):
            self.assertEqual(self.faults(good, {"format": "date-time"}), [], good)
        for bad in ("2026-05-01", "2026-05-01T08:00:00", "2026-02-30T08:00:00Z", "2026-05-01T24:00:00Z", "２026-05-01T08:00:00Z"):
            self.assertTrue(self.faults(bad, {"format": "date-time"}), bad)

    def test_knows_what_is_unevaluated(self):
        schema = {"allOf": [{"properties": {"a": {}}}, {"oneOf": [{"required": ["b"], "properties": {"b": {}}}]}],
                  "unevaluatedProperties": False}
        self.assertEqual(self.faults({"a": 1, "b": 2}, schema), [])
        self.assertTrue(self.faults({"a": 1, "b": 2, "c": 3}, schema))

    def test_checks_days_and_moments(self):
        for text, form, good in [("2026-02-28", "date", True), ("2026-02-30", "date", False), ("20260228", "date", False),
                                 ("2026-05-01T08:00:00Z", "date-time", True), ("2026-05-01T08:00:00", "date-time", False)]:
            self.assertEqual(not self.faults(text, {"format": form}), good, text)


class MergeTest(unittest.TestCase):
    def test_keeps_parts_of_the_same_name_apart(self):
        bushes = copy.deepcopy(GOOD)
        bushes["info"] = {"title": "Bushes", "version": "1", "summary": "Bushes."}
        bushes["paths"] = {"/v1/bushes": {"get": {"responses": {"200": {"content": {"application/json": {
            "schema": {"$ref": "#/components/schemas/Tree"}}}}}}}}
        bushes["components"]["schemas"]["Tree"]["description"] = "A bush."
        merged = openapi_merge.merge(files_of(copy.deepcopy(GOOD), bushes=bushes))
        self.assertEqual(set(merged["components"]["schemas"]), {"Problem", "trees.Tree", "bushes.Tree"})
        content = merged["paths"]["/v1/bushes"]["get"]["responses"]["200"]["content"]
        self.assertEqual(content["application/json"]["schema"]["$ref"], "#/components/schemas/bushes.Tree")
        refusal = merged["paths"][PATH]["post"]["responses"]["401"]["content"]["application/problem+json"]
        self.assertEqual(refusal["schema"]["$ref"], "#/components/schemas/Problem")

    def test_refuses_a_path_that_two_services_claim(self):
        with self.assertRaises(SystemExit):
            openapi_merge.merge(files_of(copy.deepcopy(GOOD), bushes=copy.deepcopy(GOOD)))


if __name__ == "__main__":
    unittest.main()
