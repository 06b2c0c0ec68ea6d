// Bundle the front end into the folder named on the command line:
// tejido.css and light.css, the script of each shell (tejido.js, light.js, answer.js), and one module per file of islands/.
import { readdirSync } from "node:fs";

import { build } from "esbuild";

const out = process.argv[2];
const common = { bundle: true, minify: true, target: "es2020", legalComments: "eof" };
const phonesOfFiveYears = ["chrome88", "firefox86", "safari14"];
const islands = readdirSync("frontend/islands").filter((name) => name.endsWith(".ts")).map((name) => `frontend/islands/${name}`);

// Only digest() needs node-forge, which is ten times as large as everything else: forms that use it are judged by the server.
const answering = { ...common, entryPoints: { answer: "frontend/answer.ts" }, alias: { "node-forge": "./frontend/none.ts" } };

await Promise.all([
  build({ ...answering, format: "iife", outdir: out }),
  build({ ...common, entryPoints: { tejido: "frontend/mount.ts", light: "frontend/light.ts" }, format: "iife", outdir: out }),
  build({ ...common, entryPoints: { tejido: "frontend/styles/tejido.css", light: "frontend/styles/light.css" }, target: phonesOfFiveYears, outdir: out }),
  build({ ...common, entryPoints: islands, format: "esm", outdir: `${out}/islands` }),
]);
