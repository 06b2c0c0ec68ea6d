/** The script of the page on which somebody answers: rules while one writes, a draft until it is sent. The page is whole without it. */
import { forget, keep, kept } from "./draft";
import { enhance } from "./enhance";
import { findable } from "./find";
import { Answer, type Rule } from "./rules";

interface Given {
  rules: Rule[];
  words: Record<string, string>;
}
type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const OWN = ["_id", "_begun", "_spoken"];

class Page {
  private readonly answer: Answer;
  private readonly holders = new Map<string, HTMLElement>();
  private refused = "";

  constructor(
    private readonly form: HTMLFormElement,
    private readonly given: Given,
  ) {
    this.answer = new Answer(given.rules);
    for (const holder of form.querySelectorAll<HTMLElement>("[data-node]")) this.holders.set(holder.dataset["node"] ?? "", holder);
  }

  start(): void {
    if (this.form.dataset["sent"] === undefined) this.restore();
    this.settle();
    findable(this.form);
    document.getElementById("for-some")?.setAttribute("hidden", ""); // here only what applies shows
    this.form.addEventListener("input", () => this.changed());
    this.form.addEventListener("change", (event) => this.left(event.target as Element));
    this.form.addEventListener("submit", (event) => this.send(event));
    window.addEventListener("pageshow", () => this.waiting(false));
  }

  private controls(holder: HTMLElement): Control[] {
    return [...holder.querySelectorAll<Control>("[name^='q/']")];
  }

  private value(holder: HTMLElement, kind: string): string {
    const held = this.controls(holder).map((one) => {
      const ticks = one instanceof HTMLInputElement && (one.type === "radio" || one.type === "checkbox");
      return ticks && !one.checked ? "" : one.value.trim();
    });
    const text = held.filter((one) => one !== "").join(" ");
    const plain = text.replace(/\s+/g, "");
    return kind === "integer" || kind === "decimal" ? (plain.includes(".") ? plain : plain.replace(",", ".")) : text;
  }

  private settle(): void {
    const typed = new Map<string, string>();
    for (const rule of this.given.rules) {
      const holder = this.holders.get(rule.path);
      if (holder && rule.kind !== "section" && rule.kind !== "note" && rule.calculate === undefined) typed.set(rule.path, this.value(holder, rule.kind ?? ""));
    }
    this.answer.take(typed);
    for (const rule of this.given.rules) this.show(rule);
  }

  private show(rule: Rule): void {
    const holder = this.holders.get(rule.path);
    if (!holder) return;
    // What the server asked to look at again is in sight, whatever is worked out here.
    holder.hidden = this.answer.irrelevant.has(rule.path) && !holder.querySelector(".wrong");
    const control = rule.calculate === undefined ? undefined : this.controls(holder)[0];
    if (control) control.value = this.answer.text(rule.path);
  }

  private changed(): void {
    this.settle();
    const fields = [...new FormData(this.form)].filter((one): one is [string, string] => typeof one[1] === "string");
    keep(location.pathname, fields.filter(([name]) => name.startsWith("q/") || OWN.includes(name)));
  }

  private left(target: Element): void {
    const holder = target.closest<HTMLElement>(".field[data-node]");
    const rule = this.given.rules.find((one) => one.path === holder?.dataset["node"]);
    if (holder && rule) this.say(holder, this.answer.text(rule.path) === "" ? "" : this.answer.wrong(rule, this.given.words));
    this.settle();
  }

  private say(holder: HTMLElement, words: string): void {
    const id = `${holder.dataset["id"] ?? ""}-wrong`;
    holder.querySelector(".wrong")?.remove();
    holder.classList.toggle("bad", words !== "");
    const described = holder.matches("fieldset") ? holder : this.controls(holder)[0];
    const others = (described?.getAttribute("aria-describedby") ?? "").split(" ").filter((one) => one && one !== id);
    if (words) {
      const blank = document.querySelector<HTMLTemplateElement>("#wrong")?.content.firstElementChild?.cloneNode(true) as HTMLElement;
      blank.id = id;
      blank.append(words);
      holder.append(blank);
      others.push(id);
    }
    if (others.length) described?.setAttribute("aria-describedby", others.join(" "));
    else described?.removeAttribute("aria-describedby");
  }

  private send(event: SubmitEvent): void {
    if ((event.submitter as HTMLButtonElement | null)?.name.startsWith("_")) return; // a language, or a search: the page only shows again
    this.settle();
    const now = JSON.stringify(this.given.rules.map((rule) => this.answer.text(rule.path)));
    const wrong = this.given.rules.filter((rule) => {
      const holder = this.holders.get(rule.path);
      const words = holder?.matches(".field") ? this.answer.wrong(rule, this.given.words) : "";
      if (holder?.matches(".field")) this.say(holder, words);
      return words !== "";
    });
    // Sent a second time without a change it goes: the server has the last word.
    if (wrong.length && this.refused !== now) {
      event.preventDefault();
      this.refused = now;
      const first = this.holders.get(wrong[0]?.path ?? "");
      (first?.matches("fieldset") ? first.querySelector<HTMLElement>("input") : first && this.controls(first)[0])?.focus();
      return;
    }
    window.setTimeout(() => this.waiting(true)); // after the form was read: a button that is off is not sent
  }

  private waiting(is: boolean): void {
    for (const button of this.form.querySelectorAll("button")) button.disabled = is;
  }

  private restore(): void {
    const draft = kept(location.pathname);
    if (!draft) return;
    const fields = new Map<string, string[]>();
    for (const [name, value] of draft.fields) fields.set(name, [...(fields.get(name) ?? []), value]);
    for (const one of this.form.elements) {
      if (!(one instanceof HTMLInputElement || one instanceof HTMLSelectElement || one instanceof HTMLTextAreaElement)) continue;
      const values = fields.get(one.name) ?? [];
      if (one instanceof HTMLInputElement && (one.type === "radio" || one.type === "checkbox")) one.checked = values.includes(one.value);
      else if (one.type !== "file" && values[0] !== undefined && one.name !== "_spoken") one.value = values[0];
    }
    const note = document.getElementById("draft");
    note?.removeAttribute("hidden");
    note?.querySelector("a")?.addEventListener("click", () => forget(location.pathname));
  }
}

function begin(): void {
  const form = document.querySelector<HTMLFormElement>("form#answer");
  const given = document.getElementById("form-rules");
  if (form && given) new Page(form, JSON.parse(given.textContent ?? "") as Given).start();
  const sent = document.querySelector<HTMLElement>("[data-arrived]");
  if (sent) forget(sent.dataset["arrived"] ?? "");
}

enhance();
begin();
