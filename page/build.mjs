// Bundles the page: one file each of HTML, CSS and JavaScript, with a hash of their contents in the names of the last two, and
// files.txt, which lists them. Usage: node build.mjs FOLDER
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { build } from "esbuild";

const folder = process.argv[2];
if (!folder) {
    throw new Error("Usage: node build.mjs FOLDER");
}

// Browsers of the last two years: CSS light-dark() is the newest that the page uses.
const result = await build({
    absWorkingDir: import.meta.dirname ?? new URL(".", import.meta.url).pathname,
    entryPoints: { page: "src/page.ts" },
    bundle: true,
    minify: true,
    write: false,
    outdir: "out",
    entryNames: "[name].[hash]",
    format: "iife",
    target: ["es2022", "chrome123", "firefox120", "safari17.5"],
    // ASCII only: the files mean the same in every charset.
    charset: "ascii",
    legalComments: "none",
    // uPlot's licence asks that its notice stays.
    banner: { js: "/*! uPlot 1.6.32, Copyright (c) 2025 Leon Sorokin, MIT License */" },
    logLevel: "warning",
});

const files = new Map(result.outputFiles.map((file) => [basename(file.path), file.contents]));
const named = (ending) => [...files.keys()].find((name) => name.endsWith(ending));
const html = readFileSync(new URL("src/index.html", import.meta.url), "utf8")
    .replace("page.js", named(".js"))
    .replace("page.css", named(".css"));
files.set("index.html", html);
files.set("files.txt", `${[...files.keys()].sort().join("\n")}\n`);

mkdirSync(folder, { recursive: true });
for (const old of readdirSync(folder)) {
    if (!files.has(old)) {
        rmSync(join(folder, old));
    }
}
for (const [name, contents] of files) {
    writeFileSync(join(folder, name), contents);
}
