/** What a form's rules come to while it is filled in. The server judges again whatever is sent; nothing here is the truth. */
import make from "openrosa-xpath-evaluator";

/** One node of the answer, as `forms/rules.py` writes it; what is empty is missing. */
export interface Rule {
  path: string;
  value?: string; // of what nobody is asked
  kind?: string;
  relevant?: string;
  constraint?: string;
  required?: string;
  calculate?: string;
  fits?: string; // what to say where the constraint does not hold
  needed?: string; // what to say where nothing was answered
}

const ROUNDS = 12; // as on the server: calculations and relevance may each depend on the other
const BOOLEAN = 3;
const STRING = 2;

export class Answer {
  private readonly evaluator = make();
  private readonly tree: XMLDocument;
  private readonly elements = new Map<string, Element>();
  private typed = new Map<string, string>();
  readonly irrelevant = new Set<string>();

  constructor(private readonly rules: Rule[]) {
    this.tree = document.implementation.createDocument(null, rules[0]?.path.split("/")[1] ?? "data");
    for (const rule of rules) {
      const element = this.element(rule.path);
      if (rule.value) element.textContent = rule.value;
    }
  }

  private element(path: string): Element {
    const known = this.elements.get(path);
    if (known) return known;
    const steps = path.split("/");
    if (steps.length <= 2) return this.tree.documentElement;
    const made = this.element(steps.slice(0, -1).join("/")).appendChild(this.tree.createElement(steps[steps.length - 1] ?? ""));
    this.elements.set(path, made);
    return made;
  }

  text(path: string): string {
    return this.element(path).textContent ?? "";
  }

  /** Take what stands in the controls, and settle what follows from it. */
  take(typed: Map<string, string>): void {
    this.typed = typed;
    for (const [path, value] of typed) this.element(path).textContent = value;
    for (let round = 0; round < ROUNDS && this.round(); round += 1);
  }

  private round(): boolean {
    let changed = false;
    for (const rule of this.rules) {
      const needless = this.isInside(rule.path) || (rule.relevant !== undefined && !this.holds(rule.relevant, rule.path, true));
      if (needless !== this.irrelevant.has(rule.path)) {
        changed = true;
        if (needless) this.irrelevant.add(rule.path);
        else this.irrelevant.delete(rule.path);
      }
      const value = this.value(rule, needless);
      if (value !== null && value !== this.text(rule.path)) {
        this.element(rule.path).textContent = value;
        changed = true;
      }
    }
    return changed;
  }

  /** What the node holds now; null where it is left as it is. */
  private value(rule: Rule, needless: boolean): string | null {
    if (rule.kind === "section") return null;
    if (needless) return "";
    if (rule.calculate !== undefined) return this.evaluated(rule.calculate, rule.path, STRING)?.stringValue ?? null;
    return this.typed.get(rule.path) ?? null;
  }

  private isInside(path: string): boolean {
    const above = path.slice(0, path.lastIndexOf("/"));
    return above !== "" && (this.irrelevant.has(above) || this.isInside(above));
  }

  /** `otherwise` where it cannot be worked out here: the server says. */
  private holds(expression: string, path: string, otherwise: boolean): boolean {
    return this.evaluated(expression, path, BOOLEAN)?.booleanValue ?? otherwise;
  }

  private evaluated(expression: string, path: string, type: number): XPathResult | null {
    try {
      return this.evaluator.evaluate(expression, this.element(path), null, type);
    } catch {
      return null;
    }
  }

  /** What is wrong with a question, in words; "" where nothing, or where it does not apply. */
  wrong(rule: Rule, words: Record<string, string>): string {
    if (this.irrelevant.has(rule.path) || this.isInside(rule.path) || rule.kind === "section") return "";
    const text = this.text(rule.path);
    if (text === "") return rule.required && this.holds(rule.required, rule.path, false) ? (rule.needed ?? "") : "";
    if (rule.kind === "integer" && !/^[+-]?\d+$/.test(text)) return words["integer"] ?? "";
    if (rule.kind === "decimal" && !/^[+-]?(\d+\.?\d*|\.\d+)$/.test(text)) return words["decimal"] ?? "";
    return rule.constraint && !this.holds(rule.constraint, rule.path, true) ? (rule.fits ?? "") : "";
  }
}
