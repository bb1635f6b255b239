// Checks Kubernetes' resources by its own schemas: node check.mjs RESOURCES.json, an array. Says what is wrong, and exits with 1.
// The schemas take unknown fields, as a server does that isn't asked to be strict; the types made from them don't.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const resources = JSON.parse(readFileSync(process.argv[2], "utf8"));
const complaints = [];
const typed = [];
for (const [index, resource] of resources.entries()) {
  const { apiVersion, kind } = resource;
  const name = `${apiVersion} ${kind} ${resource.metadata?.name}`;
  const module = `kubernetes-models/${apiVersion}/${kind}`;
  const model = await import(module).catch(() => undefined);
  if (model === undefined) {
    complaints.push(`${name}: there is no such kind`);
    continue;
  }
  try {
    new model[kind](resource).validate();
  } catch (error) {
    complaints.push(`${name}: ${error.message}`);
  }
  typed.push(`import type { I${kind} as Kind${index} } from ${JSON.stringify(module)};`);
  typed.push(`export const resource${index}: Kind${index} = ${JSON.stringify(resource, null, 1)};`);
}

const file = fileURLToPath(new URL("resources.ts", import.meta.url));
writeFileSync(file, typed.join("\n"));
const compiler = fileURLToPath(import.meta.resolve("typescript/lib/tsc.js"));
const options = ["--noEmit", "--strict", "--skipLibCheck", "--target", "es2022", "--module", "nodenext"];
const compiled = spawnSync(process.execPath, [compiler, ...options, file], { encoding: "utf8" });
if (compiled.status !== 0) {
  complaints.push(compiled.stdout + compiled.stderr);
}
if (complaints.length > 0) {
  console.log(complaints.join("\n"));
  process.exitCode = 1;
}
