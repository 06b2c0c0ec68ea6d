/**
 * People are taken to another table with the mouse, a finger or the keyboard; what the change means is said before it is done.
 * The server finds the options and says the sentences; sending a plain form makes the change. Contract: frontend/README.md.
 */
interface Option {
  table: number;
  swap: number;
  said: string;
}

const FORWARD = ["ArrowDown", "ArrowRight"];
const BACK = ["ArrowUp", "ArrowLeft"];

class Board {
  private picked: HTMLElement | null = null; // the line of a person
  private aimed: HTMLElement | null = null; // another person's line, or a table
  private options: Promise<Map<string, Option>> = Promise.resolve(new Map());
  private readonly dock: HTMLElement;
  private readonly says: HTMLElement;
  private readonly form: HTMLFormElement;

  constructor(private readonly root: HTMLElement) {
    this.dock = this.find("[data-dock]");
    this.says = this.find("[data-says]");
    this.form = this.find<HTMLFormElement>("form[data-mover]");
  }

  start(): void {
    for (const line of this.root.querySelectorAll<HTMLElement>("[data-person]")) {
      line.draggable = true;
      line.querySelector<HTMLElement>("a")?.setAttribute("draggable", "false");
    }
    for (const grip of this.root.querySelectorAll<HTMLElement>("[data-grip]")) grip.hidden = false;
    this.root.addEventListener("dragstart", (event) => this.drag(event));
    this.root.addEventListener("dragover", (event) => this.over(event));
    this.root.addEventListener("drop", (event) => {
      event.preventDefault();
      void this.put();
    });
    this.root.addEventListener("dragend", () => this.leave());
    this.root.addEventListener("click", (event) => this.click(event));
    this.root.addEventListener("keydown", (event) => this.key(event));
  }

  private find<T extends HTMLElement = HTMLElement>(selector: string): T {
    const found = this.root.querySelector<T>(selector);
    if (found === null) throw new Error(`The board has no ${selector}.`);
    return found;
  }

  private pick(line: HTMLElement): void {
    this.leave();
    this.picked = line;
    line.classList.add("picked");
    line.querySelector("[data-grip]")?.setAttribute("aria-pressed", "true");
    this.options = this.ask(`${line.dataset["move"] ?? ""}options/`);
    this.say(this.root.dataset["picked"] ?? "");
  }

  private async ask(address: string): Promise<Map<string, Option>> {
    const response = await fetch(address, { headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(`${address}: ${response.status}`);
    const { options } = (await response.json()) as { options: Option[] };
    return new Map(options.map((option) => [`${option.table}:${option.swap}`, option]));
  }

  private leave(): void {
    for (const line of [this.picked, this.aimed]) line?.classList.remove("picked", "aimed");
    this.picked?.querySelector("[data-grip]")?.setAttribute("aria-pressed", "false");
    this.picked = this.aimed = null;
    this.dock.hidden = true;
    this.says.textContent = "";
  }

  private say(words: string): void {
    this.dock.hidden = false;
    this.says.textContent = words;
  }

  /** Where the picked person could go, in the order of the page: each other table, then each person who sits there. */
  private targets(): HTMLElement[] {
    const own = this.picked?.closest("[data-table]");
    const all = [...this.root.querySelectorAll<HTMLElement>("[data-table], [data-person]")];
    return all.filter((one) => own !== one && !own?.contains(one));
  }

  private targetOf(element: Element): HTMLElement | null {
    const found = element.closest<HTMLElement>("[data-person]") ?? element.closest<HTMLElement>("[data-table]");
    return found !== null && this.targets().includes(found) ? found : null;
  }

  private aim(target: HTMLElement | null): void {
    if (target === this.aimed) return;
    this.aimed?.classList.remove("aimed");
    this.aimed = target;
    target?.classList.add("aimed");
    if (target === null) return this.say(this.root.dataset["picked"] ?? "");
    void this.option().then(
      (option) => this.aimed === target && option && this.say(option.said),
      () => this.lost(),
    );
  }

  private lost(): void {
    this.leave();
    this.say(this.root.dataset["lost"] ?? "");
  }

  private async option(): Promise<Option | undefined> {
    const target = this.aimed;
    const table = target?.closest<HTMLElement>("[data-table]")?.dataset["table"];
    return (await this.options).get(`${table}:${target?.dataset["person"] ?? 0}`);
  }

  private async put(): Promise<void> {
    const line = this.picked;
    const option = this.aimed ? await this.option().catch(() => undefined) : undefined;
    if (line === null || option === undefined) return this.leave();
    this.form.action = line.dataset["move"] ?? "";
    this.find<HTMLInputElement>("input[name=table]").value = String(option.table);
    this.find<HTMLInputElement>("input[name=swap]").value = String(option.swap);
    this.form.submit();
  }

  private drag(event: DragEvent): void {
    const line = (event.target as Element).closest<HTMLElement>("[data-person]");
    if (line === null || event.dataTransfer === null) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", line.dataset["person"] ?? "");
    this.pick(line);
  }

  private over(event: DragEvent): void {
    if (this.picked === null) return;
    const target = this.targetOf(event.target as Element);
    this.aim(target);
    if (target !== null) event.preventDefault();
  }

  private click(event: MouseEvent): void {
    const element = event.target as Element;
    const grip = element.closest("[data-grip]");
    if (element.closest("[data-put]")) return void this.put();
    if (element.closest("[data-leave]")) return this.leave();
    const line = grip?.closest<HTMLElement>("[data-person]");
    const target = this.picked ? this.targetOf(element) : null;
    if (target !== null) {
      event.preventDefault();
      this.aim(target);
    } else if (line && line === this.picked) {
      void this.put();
    } else if (line) {
      this.pick(line);
    }
  }

  private key(event: KeyboardEvent): void {
    if (this.picked === null) return;
    if (event.key === "Escape") return this.leave();
    const step = FORWARD.includes(event.key) ? 1 : BACK.includes(event.key) ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const targets = this.targets();
    const now = this.aimed ? targets.indexOf(this.aimed) : step > 0 ? -1 : 0;
    const next = targets[(now + step + targets.length) % targets.length];
    next?.scrollIntoView({ block: "nearest" });
    this.aim(next ?? null);
  }
}

export function mount(element: HTMLElement): void {
  new Board(element).start();
}
