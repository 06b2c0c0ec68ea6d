/** A range with few steps is answered in a row; with many it stays a number to be written. */
import Widget from "enketo-core/src/js/widget.js";

import { element, labelOf } from "./making";

const MOST = 11;
let made = 0;

export class Steps extends Widget {
  static override get selector(): string {
    return ".question input[type='number'][min][max][step]";
  }

  // No beginning is given here: it would come after _init, which the engine's own constructor calls.
  private row!: HTMLElement | undefined;

  protected override _init(): void {
    const [least, most, step] = [this.element.min, this.element.max, this.element.step].map(Number) as [number, number, number];
    const count = Math.floor((most - least) / step + 1e-9) + 1;
    if (!(count > 1 && count <= MOST) || this.props.readonly) return;
    const name = `steps-${(made += 1)}`;
    this.row = element("span", "widget choices steps");
    this.row.setAttribute("role", "radiogroup");
    for (let index = 0; index < count; index += 1) {
      const value = String(Number((least + index * step).toFixed(6)));
      const radio = element("input", "ignore");
      Object.assign(radio, { type: "radio", name, value });
      radio.addEventListener("change", (event) => {
        event.stopPropagation();
        this.originalInputValue = value;
      });
      this.row.append(element("label", "choice", radio, element("span", "", value)));
    }
    this.element.before(this.row);
    this.element.classList.add("unseen-control");
    this.element.tabIndex = -1;
    this.element.setAttribute("aria-hidden", "true");
    this.update();
  }

  override update(): void {
    if (!this.row) return;
    this.row.setAttribute("aria-label", labelOf(this.question));
    const value = this.element.value === "" ? "" : String(Number(this.element.value));
    for (const radio of this.row.querySelectorAll("input")) radio.checked = radio.value === value;
  }
}
