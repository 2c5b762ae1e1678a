// Counts what mermaid reads in each FILE: "nodes edges" a line. Usage: node read.mjs MODULES FILE...
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [modules, ...files] = process.argv.slice(2);
const load = createRequire(pathToFileURL(`${modules}/`));
const { JSDOM } = load("jsdom");
const { window } = new JSDOM("");
globalThis.window = window; // mermaid asks the browser to clean labels
globalThis.document = window.document;
globalThis.Element = window.Element;
const entry = pathToFileURL(`${modules}/node_modules/mermaid/dist/mermaid.core.mjs`);
const { default: mermaid } = await import(entry.href);
mermaid.initialize({ startOnLoad: false, securityLevel: "strict" });

for (const file of files) {
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(readFileSync(file, "utf8"));
  console.log(`${[...db.getVertices().values()].length} ${db.getEdges().length}`);
}
