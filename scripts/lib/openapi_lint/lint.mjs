// What everybody asks of an OpenAPI 3.1 description, by Redocly's rules; ours are in ../openapi_lint.py.
//
//   node lint.mjs FILE...
import { createConfig, lint } from "@redocly/openapi-core";

const rules = [
  "array-parameter-serialization", "component-name-unique", "no-ambiguous-paths", "no-duplicated-tag-names",
  "no-invalid-media-type-examples", "no-invalid-parameter-examples", "no-invalid-schema-examples", "no-unused-components",
  "operation-2xx-response", "operation-4xx-problem-details-rfc7807", "operation-parameters-unique", "operation-singular-tag",
  "operation-summary", "operation-tag-defined", "path-declaration-must-exist", "tag-description",
];
const config = await createConfig({
  extends: ["recommended-strict"],
  rules: {
    ...Object.fromEntries(rules.map((rule) => [rule, "error"])),
    "rule/operation-id-in-camel-case": {
      subject: { type: "Operation", property: "operationId" },
      assertions: { defined: true, pattern: "/^[a-z][A-Za-z0-9]*$/" },
      message: "an operation needs an operationId in camelCase",
      severity: "error",
    },
  },
});
for (const file of process.argv.slice(2)) {
  for (const { ruleId, message, location } of await lint({ ref: file, config })) {
    console.log(`openapi: ${file}${location[0].pointer ?? ""}: ${message} (${ruleId})`);
    process.exitCode = 1;
  }
}
