"""The evaluator of browsers (openrosa-xpath-evaluator, in enketo and in our own script) asked the same questions."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

from lxml import etree

from tejido_forms.lists import plain_copy
from tejido_forms.xml import parse
from tests.javarosa.evaluators import EXPRESSIONS, FORM, HERE_PATH

ROOT = Path(__file__).parents[2]
ENTRY = 'import make from "openrosa-xpath-evaluator"; const evaluator = make(); globalThis.evaluateForm = (...all) => evaluator.evaluate(...all);'
ASK = """([xml, path, sources]) => {
  const answer = new DOMParser().parseFromString(xml, "text/xml");
  const here = answer.evaluate(path, answer, null, 9).singleNodeValue;
  return sources.map((source) => {
    try {
      return String(globalThis.evaluateForm(source, here, null, 2).stringValue);
    } catch (error) {
      return `error: ${error.message}`.replace(/\\s+/g, " ");
    }
  });
}"""


def modules() -> Path:
    """Where packages for Node lie: TEJIDO_NODE_MODULES, else node_modules of the repository."""
    return Path(os.environ.get("TEJIDO_NODE_MODULES") or ROOT / "node_modules")


def is_there() -> bool:
    return (modules() / "openrosa-xpath-evaluator").is_dir() and (ROOT / "node_modules" / "esbuild").is_dir()


def script(folder: Path) -> str:
    """The evaluator as one script; without node-forge, which only digest() needs."""
    (folder / "entry.js").write_text(ENTRY, encoding="utf-8")
    (folder / "none.js").write_text("export default {};", encoding="utf-8")
    built = folder / "evaluator.js"
    done = subprocess.run(
        ["node", str(ROOT / "node_modules/esbuild/bin/esbuild"), str(folder / "entry.js"), "--bundle", "--format=iife",
         f"--alias:node-forge={folder / 'none.js'}", f"--outfile={built}"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NODE_PATH": str(modules())},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return built.read_text(encoding="utf-8")


def browsers(page, folder: Path) -> list[str]:
    """What each expression comes to in a page of Chromium; dates are texts there, lists and engines' own functions unknown."""
    instance = next(parse(FORM.read_bytes()).iter("{*}instance"))
    xml = etree.tostring(plain_copy(instance)[0], encoding="unicode")
    page.goto("about:blank")
    page.add_script_tag(content=script(folder))
    return json.loads(json.dumps(page.evaluate(ASK, [xml, HERE_PATH, EXPRESSIONS])))
