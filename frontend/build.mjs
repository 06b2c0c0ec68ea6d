// Bundle each script of the front end into the folder named on the command line.
import { build } from "esbuild";

await build({
  entryPoints: { tejido: "frontend/mount.ts" },
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2020",
  outdir: process.argv[2],
  legalComments: "eof",
});
