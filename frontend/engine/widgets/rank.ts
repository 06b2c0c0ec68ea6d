/** Choices put in order with two buttons each: works with a finger, a keyboard and a screen reader alike. */
import Widget from "enketo-core/src/js/widget.js";

import { said } from "../said";
import { button, element } from "./making";

export class Rank extends Widget {
  static override get selector(): string {
    return ".question input.rank";
  }
  static override get list(): boolean {
    return true; // the engine says when the choices changed
  }

  private choices!: HTMLElement;
  private right!: HTMLButtonElement;

  protected override _init(): void {
    this.choices = this.element.nextElementSibling as HTMLElement;
    this.choices.classList.add("ranked");
    this.element.classList.add("unseen-control");
    this.element.tabIndex = -1;
    this.element.setAttribute("aria-hidden", "true");
    this.right = button(said("order_right"), "second", () => this.settle());
    this.choices.after(element("div", "row", this.right));
    this.update();
  }

  private get items(): HTMLElement[] {
    return [...this.choices.querySelectorAll<HTMLElement>(":scope > label:not(.itemset-template)")];
  }

  private valueOf(item: HTMLElement): string {
    return item.querySelector("input")?.value ?? "";
  }

  private settle(): void {
    this.originalInputValue = this.items.map((item) => this.valueOf(item)).join(" ");
    this.number();
  }

  private move(item: HTMLElement, by: 1 | -1): void {
    const items = this.items;
    const other = items[items.indexOf(item) + by];
    if (!other) return;
    if (by === 1) other.after(item);
    else other.before(item);
    this.settle();
    const pressed = item.querySelector<HTMLButtonElement>(by === 1 ? ".later" : ".earlier");
    (pressed?.disabled ? item.querySelector<HTMLButtonElement>("button:enabled") : pressed)?.focus();
  }

  private number(): void {
    const items = this.items;
    this.right.hidden = this.element.value !== "" || items.length === 0;
    this.choices.classList.toggle("unsettled", this.element.value === "");
    items.forEach((item, place) => {
      const words = item.querySelector(".option-label.active, .option-label")?.textContent ?? "";
      item.querySelector(".rank-buttons")?.remove();
      const earlier = button("↑", "second small earlier", () => this.move(item, -1));
      const later = button("↓", "second small later", () => this.move(item, 1));
      earlier.setAttribute("aria-label", said("earlier", { choice: words }));
      later.setAttribute("aria-label", said("later", { choice: words }));
      earlier.disabled = place === 0 || this.props.readonly;
      later.disabled = place === items.length - 1 || this.props.readonly;
      item.append(element("span", "rank-buttons", earlier, later));
      item.dataset["place"] = this.element.value ? String(place + 1) : "";
    });
  }

  override update(): void {
    const order = this.element.value.split(" ").filter(Boolean);
    const items = this.items;
    // An order of other choices than those that are there is none.
    if (order.length === items.length && items.every((item) => order.includes(this.valueOf(item)))) {
      for (const value of order) {
        const item = items.find((one) => this.valueOf(one) === value);
        if (item) this.choices.append(item);
      }
    } else if (order.length) {
      this.originalInputValue = "";
    }
    this.number();
  }
}
