/**
 * The network drawn by web/charts/network.py, brought to life: pick a person to see her ties, hide weak ties.
 * The drawing and the table say everything without it. Contract: frontend/README.md.
 */
import { word } from "../words";

interface Tie {
  element: SVGLineElement;
  a: string;
  b: string;
  strength: number;
}

interface Person {
  element: SVGGElement;
  id: string;
  name: string;
  url: string;
  x: number;
  y: number;
}

const ARROWS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

class Network {
  private readonly people = new Map<string, Person>();
  private readonly ties: Tie[] = [];
  private least = 0;
  private picked = "";

  constructor(
    private readonly root: HTMLElement,
    private readonly svg: SVGSVGElement,
  ) {
    for (const element of svg.querySelectorAll<SVGGElement>("[data-node]")) this.addPerson(element);
    for (const element of svg.querySelectorAll<SVGLineElement>("[data-a][data-b]")) {
      const { a = "", b = "", strength = "1" } = element.dataset;
      this.ties.push({ element, a, b, strength: Number(strength) });
    }
  }

  start(): void {
    // As an image the drawing hides what is in it from screen readers; now there is something to press in it.
    this.svg.setAttribute("role", "group");
    const first = this.people.values().next().value;
    if (first) first.element.setAttribute("tabindex", "0");
    this.part("[data-controls]").hidden = false;
    this.part("[data-ties-of]").hidden = false;
    this.listen();
    this.show();
  }

  private addPerson(element: SVGGElement): void {
    const shape = element.querySelector<SVGGraphicsElement>(".fill");
    const box = shape?.getBBox();
    const name = element.querySelector("title")?.textContent ?? "";
    const id = element.dataset["node"] ?? "";
    const [x, y] = box ? [box.x + box.width / 2, box.y + box.height / 2] : [0, 0];
    element.setAttribute("role", "button");
    element.setAttribute("aria-label", name);
    element.setAttribute("aria-pressed", "false");
    element.setAttribute("tabindex", "-1");
    this.people.set(id, { element, id, name, url: element.dataset["url"] ?? "", x, y });
  }

  private part<T extends HTMLElement>(selector: string): T {
    const element = this.root.querySelector<T>(selector);
    if (!element) throw new Error(`The network lacks ${selector}; see frontend/README.md.`);
    return element;
  }

  private listen(): void {
    this.svg.addEventListener("click", (event) => {
      const node = (event.target as Element).closest<SVGGElement>("[data-node]");
      this.pick(node?.dataset["node"] ?? "");
    });
    this.svg.addEventListener("keydown", (event) => this.key(event));
    const select = this.part<HTMLSelectElement>("[data-pick]");
    select.addEventListener("change", () => this.pick(select.value));
    const range = this.part<HTMLInputElement>("[data-strength]");
    range.addEventListener("input", () => {
      this.least = Number(range.value);
      this.part("[data-strength-says]").textContent = range.value;
      this.show();
    });
    if (Number(range.max) <= Number(range.min)) (range.closest<HTMLElement>(".field") ?? range).hidden = true;
    this.part("[data-ties-list]").addEventListener("click", (event) => {
      const button = (event.target as Element).closest<HTMLElement>("[data-person]");
      if (button) this.pick(button.dataset["person"] ?? "");
    });
  }

  private key(event: KeyboardEvent): void {
    const node = (event.target as Element).closest<SVGGElement>("[data-node]");
    const here = node && this.people.get(node.dataset["node"] ?? "");
    if (!here) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.pick(here.id === this.picked ? "" : here.id);
    } else if (event.key === "Escape") this.pick("");
    const direction = ARROWS[event.key];
    const next = direction && this.nearest(here, direction);
    if (next) {
      event.preventDefault();
      here.element.setAttribute("tabindex", "-1");
      next.element.setAttribute("tabindex", "0");
      next.element.focus();
    }
  }

  /** The nearest person in that direction; straight ahead counts as nearer than aside. */
  private nearest(from: Person, [dx, dy]: [number, number]): Person | null {
    let best: Person | null = null;
    let shortest = Infinity;
    for (const person of this.people.values()) {
      const ahead = (person.x - from.x) * dx + (person.y - from.y) * dy;
      if (person === from || ahead <= 0 || person.element.classList.contains("weak")) continue;
      const aside = Math.abs((person.x - from.x) * dy) + Math.abs((person.y - from.y) * dx);
      if (ahead + 2 * aside < shortest) [best, shortest] = [person, ahead + 2 * aside];
    }
    return best;
  }

  private pick(id: string): void {
    this.picked = this.people.has(id) ? id : "";
    this.part<HTMLSelectElement>("[data-pick]").value = this.picked;
    this.show();
  }

  private show(): void {
    const near = new Map<string, number>();
    const linked = new Set<string>();
    for (const tie of this.ties) {
      const weak = tie.strength < this.least;
      tie.element.classList.toggle("weak", weak);
      const mine = !weak && this.picked !== "" && (tie.a === this.picked || tie.b === this.picked);
      tie.element.classList.toggle("near", mine);
      if (mine) near.set(tie.a === this.picked ? tie.b : tie.a, tie.strength);
      if (!weak) linked.add(tie.a).add(tie.b);
    }
    this.root.classList.toggle("picking", this.picked !== "");
    for (const person of this.people.values()) {
      const { classList } = person.element;
      classList.toggle("picked", person.id === this.picked);
      classList.toggle("near", near.has(person.id));
      classList.toggle("weak", this.least > 1 && !linked.has(person.id) && person.id !== this.picked);
      person.element.setAttribute("aria-pressed", String(person.id === this.picked));
    }
    this.list(near);
  }

  private list(near: Map<string, number>): void {
    const person = this.people.get(this.picked);
    const title = this.part("[data-ties-title]");
    const says = this.part("[data-ties-says]");
    const list = this.part("[data-ties-list]");
    list.replaceChildren();
    title.replaceChildren();
    if (!person) {
      says.textContent = word("nobody");
      return;
    }
    if (person.url) {
      const link = document.createElement("a");
      link.href = person.url;
      link.textContent = person.name;
      title.append(link);
    } else title.textContent = person.name;
    const key = near.size === 0 ? "no_ties" : near.size === 1 ? "ties" : "ties_many";
    says.textContent = word(key, { name: person.name, count: near.size });
    const sorted = [...near].sort(([, one], [, other]) => other - one);
    for (const [id, strength] of sorted) list.append(this.row(id, strength));
  }

  private row(id: string, strength: number): HTMLLIElement {
    const row = document.createElement("li");
    row.className = "row apart";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "link";
    button.dataset["person"] = id;
    button.textContent = this.people.get(id)?.name ?? "";
    const figure = document.createElement("span");
    figure.className = "muted figures";
    figure.textContent = String(strength);
    row.append(button, figure);
    return row;
  }
}

export function mount(element: HTMLElement): void {
  const svg = element.querySelector<SVGSVGElement>("figure > svg");
  if (svg) new Network(element, svg).start();
}
