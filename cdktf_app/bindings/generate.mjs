// Runs the official generator of provider bindings (npm's @cdktf/provider-generator) on the cut-down schema.
// Arguments: the schema's path, and the folder that receives the Python package `imports.aws`.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";

const require = createRequire(import.meta.url);
const { generateProviderBindingsFromSchema } = require("@cdktf/provider-generator");

const [schemaPath, outdir] = process.argv.slice(2);
const schema = JSON.parse(readFileSync(schemaPath, "utf8"));
const work = mkdtempSync(path.join(tmpdir(), "bindings-"));

// The `exports` map keeps the generated library lazy: one type is loaded when it is used. It has the shape that
// the generator's own constructs-maker gives it.
const lazy = { import: "./providers/aws/lazy-index.js", require: "./providers/aws/lazy-index.js" };
try {
  await generateProviderBindingsFromSchema(work, schema, {
    entrypoint: "providers/aws/index.ts",
    deps: ["@types/node", "constructs", "cdktf"].map((name) => path.dirname(require.resolve(`${name}/package.json`))),
    moduleKey: "aws",
    exports: { ".": lazy, "./package.json": "./package.json", "./.jsii": "./.jsii", "./.warnings.jsii.js": "./.warnings.jsii.js" },
    python: { outdir, moduleName: "aws" },
  });
} finally {
  rmSync(work, { recursive: true, force: true });
}
