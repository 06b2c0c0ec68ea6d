/** The script of the page on which a form with repeats, ranks, drawings or places is answered: draft, outbox, sending. */
import { enhance } from "../enhance";
import { Filling } from "./filling";
import { namedIn, take } from "./files";
import { remember } from "./offline";
import { send, type Result } from "./outbox";
import { said } from "./said";
import { done, draftOf, forgetDraft, keepDraft, queue, waiting, type Waiting } from "./store";
import { button, element } from "./widgets/making";

interface Given {
  model: string;
  version: string;
  language: string; // the tag of the form's language that fits the reader
  languages: Record<string, string>; // tag -> its name in the form
  several: boolean; // whether one person or device may answer again
  worker: string;
}

const part = (id: string): HTMLElement => document.getElementById(id) as HTMLElement;

class Page {
  private readonly given = JSON.parse(part("engine-data").textContent ?? "") as Given;
  private readonly path = location.pathname;
  private readonly place = part("engine-form");
  private readonly outbox = part("engine-outbox");
  private filling!: Filling;
  private timer = 0;
  private wait = 1000;
  private retry = 0;
  private sending = false;
  private mine = ""; // the answer that was sent from this page

  async start(): Promise<void> {
    remember(this.given.worker);
    window.addEventListener("online", () => void this.sendNow());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") void this.sendNow();
      else void this.keep();
    });
    const here = (await waiting()).filter((one) => one.page === this.path);
    if (here.length && !this.given.several) this.after(here[0] as Waiting);
    else await this.begin();
    await this.tell();
    await this.sendNow();
  }

  private async begin(): Promise<void> {
    const draft = await draftOf(this.path);
    take(draft?.files ?? []);
    const template = part("engine-blank") as HTMLTemplateElement;
    const view = template.content.querySelector("form")?.cloneNode(true) as HTMLFormElement;
    this.place.replaceChildren(view);
    const language = draft?.language || this.given.language;
    this.filling = new Filling(view, { model: this.given.model, answer: draft?.xml ?? null, language });
    if (this.filling.problems.length) console.warn(this.filling.problems.join("\n"));
    part("engine").hidden = false;
    part("engine-loading").hidden = true;
    if (draft) {
      const name = this.name();
      if (name) name.value = draft.name;
      const note = part("engine-draft");
      note.hidden = false;
      note.querySelector("a")?.addEventListener("click", (event) => {
        event.preventDefault();
        window.clearTimeout(this.timer);
        this.place.replaceChildren(); // so that leaving the page keeps nothing
        void forgetDraft(this.path).then(() => location.reload());
      });
    }
    for (const kind of ["xforms-value-changed", "addrepeat", "removerepeat", "changelanguage"]) view.addEventListener(kind, () => this.changed());
    this.name()?.addEventListener("input", () => this.changed());
    part("engine-send").addEventListener("click", () => void this.press());
    window.scrollTo(0, 0);
  }

  private name(): HTMLInputElement | null {
    return document.getElementById("own-name") as HTMLInputElement | null;
  }

  /** The name, where its owner ticked that it may be kept. */
  private agreedName(): string {
    const agrees = document.querySelector<HTMLInputElement>("input[name='_agree']");
    return agrees?.checked ? (this.name()?.value.trim() ?? "") : "";
  }

  // The draft

  private changed(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.keep(), 300);
  }

  private async keep(): Promise<void> {
    window.clearTimeout(this.timer);
    if (this.sending || !this.timer || !this.place.firstElementChild) return;
    const xml = this.filling.draft();
    const { version } = this.given;
    const draft = { page: this.path, at: Date.now(), version, xml, files: namedIn(xml), language: this.filling.language, name: this.name()?.value ?? "" };
    await keepDraft(draft);
  }

  // Sending

  private async press(): Promise<void> {
    if (this.sending) return; // a second tap
    this.sending = true;
    window.clearTimeout(this.timer);
    const wrong = part("engine-wrong");
    wrong.hidden = true;
    const nameless = (this.name()?.value.trim() ?? "") !== this.agreedName();
    const right = await this.filling.isRight();
    if (!right || nameless) {
      wrong.textContent = said(right ? "tick_name" : "look_again");
      wrong.hidden = false;
      this.sending = false;
      return;
    }
    const xml = this.filling.answer();
    const one: Waiting = {
      id: this.filling.id,
      page: this.path,
      at: Date.now(),
      to: this.path,
      xml,
      files: namedIn(xml),
      language: this.given.languages[this.filling.language] ?? "",
      name: this.agreedName(),
      refused: "",
    };
    await queue(one);
    this.mine = one.id;
    this.after(one);
    await this.tell();
    await this.sendNow();
  }

  /** The form gives way to what becomes of the answer. */
  private after(one: Waiting): void {
    this.mine = one.id;
    this.place.replaceChildren();
    part("engine").hidden = true;
    part("engine-loading").hidden = true;
    const kept = part("engine-kept");
    kept.hidden = false;
    const again = kept.querySelector<HTMLElement>("[data-again]");
    if (again) again.hidden = !this.given.several;
    window.scrollTo(0, 0);
  }

  private async sendNow(): Promise<void> {
    window.clearTimeout(this.retry);
    let next = "";
    await send((one: Waiting, result: Result) => {
      if (result.is === "sent" && one.id === this.mine) next = result.next;
    });
    if (next) {
      if (!this.given.several && "caches" in window) await caches.delete(`tejido-forms:${this.path}`);
      location.assign(next);
      return;
    }
    const left = await this.tell();
    this.wait = left ? Math.min(this.wait * 2, 60_000) : 1000;
    if (left) this.retry = window.setTimeout(() => void this.sendNow(), this.wait);
  }

  /** Say what waits on this device and what was not taken; how many wait. */
  private async tell(): Promise<number> {
    const all = await waiting();
    const open = all.filter((one) => !one.refused);
    const refused = all.filter((one) => one.refused);
    const lines: HTMLElement[] = refused.map((one) => this.refusal(one));
    if (open.length) lines.unshift(element("p", "note", said(open.length === 1 ? "waits" : "waits_many", { count: open.length })));
    this.outbox.replaceChildren(...lines);
    if (refused.some((one) => one.id === this.mine)) part("engine-kept").hidden = true;
    return open.length;
  }

  private refusal(one: Waiting): HTMLElement {
    const save = element("a", "button second small", said("save_copy"));
    save.href = URL.createObjectURL(new Blob([one.xml], { type: "text/xml" }));
    save.download = "answer.xml";
    const forget = button(said("forget"), "second small", () => void done(one.id).then(() => this.tell()));
    return element("div", "errors", element("p", "", said("not_taken", { why: one.refused })), element("div", "row", save, forget));
  }
}

enhance();
void new Page().start();
