/** A file: chosen or photographed, kept with the draft, named without what its owner called it. */
import Widget from "enketo-core/src/js/widget.js";

import { drop, ending, file, hold } from "../files";
import { said } from "../said";
import { button, element, labelOf } from "./making";

export class Upload extends Widget {
  static override get selector(): string {
    return ".question:not(.or-appearance-draw):not(.or-appearance-signature):not(.or-appearance-annotate) input[data-type-xml='binary']";
  }

  private chosen!: HTMLInputElement;
  private state!: HTMLElement;

  protected override _init(): void {
    const loaded = this.element.dataset["loadedFileName"] ?? "";
    this.chosen = element("input", "ignore");
    this.chosen.type = "file";
    this.chosen.accept = this.element.accept;
    this.chosen.disabled = this.props.readonly;
    this.chosen.addEventListener("change", (event) => {
      event.stopPropagation();
      this.choose();
    });
    this.state = element("span", "kept");
    this.state.setAttribute("role", "status");
    this.element.before(element("span", "widget", this.chosen, this.state));
    // From here on the engine knows the file by its name alone.
    this.element.type = "text";
    this.element.dataset["drawing"] = "true";
    this.element.classList.add("unseen-control");
    this.element.tabIndex = -1;
    this.element.setAttribute("aria-hidden", "true");
    this.element.value = loaded && file(loaded) ? loaded : "";
    this.show();
  }

  private choose(): void {
    const given = this.chosen.files?.[0];
    if (!given) return;
    try {
      const before = this.element.value;
      this.originalInputValue = hold(given, ending(given.name));
      drop(before);
      this.show();
    } catch (why) {
      this.chosen.value = "";
      this.state.replaceChildren((why as Error).message);
    }
  }

  private show(): void {
    this.chosen.setAttribute("aria-label", labelOf(this.question));
    const name = this.element.value;
    const content = name ? file(name) : undefined;
    if (!content) {
      this.state.replaceChildren();
      return;
    }
    const size = said("kept_file", { size: Math.max(1, Math.round(content.size / 1024)) });
    this.state.replaceChildren(size, " ", button(said("remove_file"), "second small", () => this.clear()));
  }

  private clear(): void {
    drop(this.element.value);
    this.chosen.value = "";
    this.originalInputValue = "";
    this.show();
    this.chosen.focus();
  }

  override update(): void {
    if (!this.element.value) this.chosen.value = "";
    this.show();
  }
}
