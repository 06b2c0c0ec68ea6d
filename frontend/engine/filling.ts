/** The adapter: the one place that speaks with enketo-core. A form is begun, or begun again from a draft, and gives its answer. */
import { Form } from "enketo-core/src/js/form.js";

import { said } from "./said";
import { element } from "./widgets/making";

const LONG_LIST = 12;

export interface Begun {
  model: string;
  answer: string | null; // of a draft
  language: string;
}

export class Filling {
  private readonly form: Form;
  readonly problems: string[];

  constructor(
    readonly view: HTMLFormElement,
    begun: Begun,
  ) {
    this.prepare();
    const given = { modelStr: begun.model, instanceStr: begun.answer, submitted: false, external: [] };
    this.form = new Form(view, given, { language: begun.language });
    this.problems = this.form.init();
    this.dress(view);
    this.mark();
    view.addEventListener("addrepeat", (event) => this.dress(event.target as HTMLElement));
    view.addEventListener("changelanguage", () => this.dress(view));
    view.addEventListener("submit", (event) => event.preventDefault());
    view.addEventListener("xforms-value-changed", () => this.mark());
    view.addEventListener("invalidated", () => this.mark());
  }

  get id(): string {
    return this.form.instanceID;
  }

  get language(): string {
    return this.form.currentLanguage ?? "";
  }

  /** Everything that was filled in, for a draft. */
  draft(): string {
    return this.form.getDataStr();
  }

  /** The answer without what does not apply, ended now. */
  answer(): string {
    this.view.dispatchEvent(new CustomEvent("before-save", { bubbles: true }));
    return this.form.getDataStr({ irrelevant: false });
  }

  /** Whether everything that is asked is there and fits; the page shows what is not, and goes to the first of it. */
  async isRight(): Promise<boolean> {
    const right = await this.form.validate();
    this.mark();
    return right;
  }

  /** Before the engine looks at the page: its inline handler is forbidden here, and what it says is translated. */
  private prepare(): void {
    const set = this.view.setAttribute.bind(this.view);
    this.view.setAttribute = (name: string, value: string): void => {
      if (name !== "onsubmit") set(name, value);
    };
    for (const one of this.view.querySelectorAll<HTMLElement>("[data-i18n]")) one.textContent = said(one.dataset["i18n"] ?? "");
    for (const one of this.view.querySelectorAll(".required")) one.textContent = ` ${said("needed")}`;
    const languages = this.view.querySelector<HTMLSelectElement>("#form-languages");
    if (!languages) return;
    // The engine takes every control inside the form for a question, and moves this one to where it finds this class.
    const label = element("label", "", said("language"));
    label.htmlFor = languages.id;
    const holder = element("div", "field form-language-selector", label);
    holder.hidden = languages.options.length < 2;
    this.view.before(holder);
  }

  /** What the engine leaves without words: its buttons, and long lists without a search. */
  private dress(root: HTMLElement): void {
    for (const one of root.querySelectorAll<HTMLElement>(".add-repeat-btn")) this.name(one, said("add_repeat"), "button second");
    for (const one of root.querySelectorAll<HTMLElement>(".repeat-buttons .remove")) this.name(one, said("remove_repeat"), "button second small");
    for (const one of root.querySelectorAll<HTMLElement>(".option-wrapper:not(.ranked)")) this.search(one);
  }

  private name(control: HTMLElement, words: string, look: string): void {
    if (control.textContent === words) return;
    control.textContent = words;
    control.classList.add(...look.split(" "));
  }

  private search(choices: HTMLElement): void {
    const options = (): HTMLElement[] => [...choices.querySelectorAll<HTMLElement>(":scope > label:not(.itemset-template)")];
    const above = choices.parentElement;
    if (!above || above.querySelector(":scope > .search")) return;
    const field = element("input", "ignore");
    field.type = "search";
    field.autocomplete = "off";
    const found = element("span", "help");
    found.setAttribute("role", "status");
    field.setAttribute("aria-label", said("search"));
    // No label element: the engine takes every label beside a list for one of its choices, and away.
    const words = element("span", "", said("search"));
    words.setAttribute("aria-hidden", "true");
    const holder = element("div", "search", words, field, found);
    const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    const look = (): void => {
      const wanted = plain(field.value.trim());
      const all = options();
      holder.hidden = all.length <= LONG_LIST;
      let shown = 0;
      for (const option of all) {
        const told = plain(option.querySelector(".option-label.active, .option-label")?.textContent ?? "");
        const chosen = option.querySelector<HTMLInputElement>("input")?.checked ?? false;
        option.hidden = wanted !== "" && !chosen && !told.includes(wanted);
        if (!option.hidden) shown += 1;
      }
      found.textContent = wanted ? said("found_choices", { count: shown }) : "";
    };
    field.addEventListener("input", (event) => {
      event.stopPropagation();
      look();
    });
    field.addEventListener("change", (event) => event.stopPropagation());
    choices.before(holder);
    new MutationObserver(look).observe(choices, { childList: true });
    look();
  }

  /** Say to screen readers, too, which questions need another look; a sum of nothing yet is nothing, not "NaN". */
  private mark(): void {
    for (const one of this.view.querySelectorAll(".or-output")) if (one.textContent === "NaN") one.textContent = "…";
    for (const question of this.view.querySelectorAll<HTMLElement>(".question")) {
      const wrong = question.matches(".invalid-constraint, .invalid-required, .invalid-value");
      for (const control of question.querySelectorAll("input:not([type='hidden']), select, textarea")) {
        if (wrong) control.setAttribute("aria-invalid", "true");
        else control.removeAttribute("aria-invalid");
      }
    }
  }
}
