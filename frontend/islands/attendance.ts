/**
 * Plain forms, one per row, whose taps survive a lost connection: each becomes an act with a key of its own, is kept
 * on the device, and sent once, in order. The server decides and says what is in force. Contract: frontend/README.md.
 */
import { addAct, allActs, newKey, removeAct, type Act } from "../queue";
import { forget, keep } from "../sheet/keeping";
import { counted, word } from "../words";

const LONGEST_WAIT = 60_000;
const A_MOMENT = 5_000; // after the last mark that arrived, the copy on this device is made anew

interface Answer {
  outcome: string;
  message?: string;
  pressed?: string;
  ours: boolean; // the server's own answer, and not a page that somebody sent instead
}

type Sent = "done" | "held" | "later" | "signed_out";

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

class Sheet {
  private readonly owner: string;
  private readonly status: HTMLElement | null;
  private wait = 1000;
  private timer = 0;
  private signedOut = false;
  private clicked: HTMLButtonElement | null = null; // older browsers do not say what submitted a form
  private storing = 0; // taps on their way into the device's memory
  private readonly held = new Set<string>(); // keys of acts that the server does not take as things stand
  private copying = 0;

  constructor(private readonly root: HTMLElement) {
    this.owner = root.dataset["owner"] ?? "";
    this.status = root.querySelector("[data-queue-status]");
  }

  async start(): Promise<void> {
    this.root.addEventListener(
      "click",
      (event) => {
        this.clicked = (event.target as Element).closest("button");
      },
      { capture: true },
    );
    this.root.addEventListener("submit", (event) => void this.tap(event));
    const search = this.root.querySelector<HTMLInputElement>("input[data-search]");
    search?.addEventListener("input", () => this.search(search.value));
    window.addEventListener("online", () => this.retryNow());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.retryNow();
    });
    this.root.querySelector("[data-throw-away]")?.addEventListener("click", () => void this.throwAway());
    for (const act of await this.mine()) this.showQueued(act);
    this.count();
    await this.send();
    await this.putAside();
  }

  /** The sheet stays on this device while it is the one for the door (data-keeps), and no longer. */
  private async putAside(): Promise<void> {
    const worker = this.root.dataset["keeps"];
    const there = worker ? await keep(this.owner, worker) : false;
    if (!worker) await forget(location.pathname);
    for (const says of this.root.querySelectorAll<HTMLElement>("[data-kept]")) says.hidden = !there;
  }

  private async mine(): Promise<Act[]> {
    return (await allActs()).filter((act) => act.owner === this.owner);
  }

  private form(act: Act): HTMLFormElement | null {
    return this.root.querySelector<HTMLFormElement>(`form[data-queue="${CSS.escape(act.row)}"]`);
  }

  // Taps

  private async tap(event: SubmitEvent): Promise<void> {
    const form = (event.target as Element).closest<HTMLFormElement>("form[data-queue]");
    if (!form) return;
    event.preventDefault();
    const fields = [...new FormData(form)]
      .filter((pair): pair is [string, string] => typeof pair[1] === "string")
      .filter(([name]) => name !== "csrfmiddlewaretoken" && name !== "act");
    const button = form.contains(this.clicked) ? this.clicked : null;
    if (button?.name) fields.push([button.name, button.value]);
    const pressed = button && button.dataset["clears"] === undefined ? button.value : "";
    const act: Act = {
      key: newKey(),
      order: Date.now(),
      owner: this.owner,
      row: form.dataset["queue"] ?? "",
      action: form.action,
      fields,
      pressed,
    };
    this.showQueued(act);
    this.storing += 1;
    if (this.status) this.status.textContent = word("saving"); // at once: "everything is saved" is not true any more
    await addAct(act);
    this.storing -= 1;
    this.wait = 1000;
    await this.send();
  }

  private showQueued(act: Act): void {
    const form = this.form(act);
    if (!form) return;
    this.press(form, act.pressed);
    this.mark(form, "queued", word("row_queued"));
  }

  private press(form: HTMLFormElement, value: string): void {
    for (const button of form.querySelectorAll<HTMLButtonElement>("button[aria-pressed]")) {
      button.setAttribute("aria-pressed", String(value !== "" && button.value === value));
    }
    this.count();
  }

  private mark(form: HTMLFormElement, state: string, says: string): void {
    form.dataset["state"] = state;
    const place = form.querySelector<HTMLElement>("[data-says]");
    if (place) place.textContent = says;
  }

  private count(): void {
    if (!this.root.querySelector("button[aria-pressed]")) return; // a closed sheet has no buttons: the server counted
    for (const place of this.root.querySelectorAll<HTMLElement>("[data-count-of]")) {
      const value = CSS.escape(place.dataset["countOf"] ?? "");
      place.textContent = String(this.root.querySelectorAll(`button[aria-pressed="true"][value="${value}"]`).length);
    }
  }

  // Sending: one tab at a time, in the order of the taps

  private retryNow(): void {
    this.wait = 1000;
    this.signedOut = false;
    void this.send();
  }

  private async send(): Promise<void> {
    window.clearTimeout(this.timer);
    await this.say();
    if (navigator.locks) await navigator.locks.request("tejido-queue", () => this.drain());
    else await this.drain();
    await this.say();
    const waiting = await this.mine();
    if (waiting.length > 0 && waiting.every((act) => this.held.has(act.key))) this.wait = LONGEST_WAIT;
    if (waiting.length > 0 && !this.signedOut) {
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => void this.send(), this.wait);
      this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
    }
  }

  private async drain(): Promise<void> {
    for (const act of await this.mine()) {
      const sent = await this.post(act);
      this.signedOut = sent === "signed_out";
      if (sent === "later" || sent === "signed_out") return;
      if (sent === "held") this.held.add(act.key);
      else this.copyLater();
      await this.say();
    }
  }

  private copyLater(): void {
    window.clearTimeout(this.copying);
    this.copying = window.setTimeout(() => void this.putAside(), A_MOMENT);
  }

  private async throwAway(): Promise<void> {
    for (const act of await this.mine()) if (this.held.has(act.key)) await removeAct(act.key);
    this.held.clear();
    location.reload(); // what the server has, without what is gone
  }

  private async post(act: Act): Promise<Sent> {
    const body = new URLSearchParams([...act.fields, ["act", act.key]]);
    let response: Response;
    try {
      response = await fetch(act.action, {
        method: "POST",
        body,
        redirect: "manual",
        credentials: "same-origin",
        headers: { Accept: "application/json", "X-CSRFToken": this.token() },
      });
    } catch {
      return "later"; // no connection
    }
    const answer = await this.read(response);
    const turnedAway = response.status === 403 && !answer.ours; // the token or the session, not a policy
    if (response.type === "opaqueredirect" || response.status === 401 || turnedAway) return "signed_out";
    if (response.status >= 500 || response.status === 429) return "later";
    if (answer.outcome === "unknown") return "later"; // not our server: a hotel's or a café's sign-in page
    if (answer.outcome === "held") return this.hold(act, answer);
    this.held.delete(act.key);
    await removeAct(act.key);
    await this.settle(act, answer);
    return "done";
  }

  /** The server cannot take it as things stand (attendance was closed meanwhile): it waits until somebody decides. */
  private hold(act: Act, answer: Answer): Sent {
    const form = this.form(act);
    if (form) this.mark(form, "refused", word("refused", { reason: answer.message ?? "" }));
    const why = this.root.querySelector<HTMLElement>("[data-held-why]");
    if (why) why.textContent = answer.message ?? "";
    return "held";
  }

  private async read(response: Response): Promise<Answer> {
    const json = response.headers.get("Content-Type")?.includes("json") ?? false;
    if (json) return { ...((await response.json()) as Answer), ours: true };
    const refused = response.status >= 400 && response.status < 500;
    return { outcome: refused ? "refused" : "unknown", message: refused ? word("missing") : "", ours: false };
  }

  /** What the server says is in force, unless a later tap on the same row is still waiting. */
  private async settle(act: Act, answer: Answer): Promise<void> {
    const form = this.form(act);
    if (!form || (await this.mine()).some((other) => other.row === act.row)) return;
    if (answer.pressed !== undefined) {
      this.press(form, answer.pressed);
      const seen = form.querySelector<HTMLInputElement>("input[data-seen]");
      if (seen) seen.value = answer.pressed;
    }
    if (answer.outcome === "refused") {
      if (answer.pressed === undefined) this.press(form, "");
      this.mark(form, "refused", word("refused", { reason: answer.message ?? "" }));
    } else this.mark(form, "sent", answer.message ?? "");
  }

  /** The token of now: signing in again changes it, and the queue outlives that. */
  private token(): string {
    const cookie = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];
    return cookie ?? this.root.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
  }

  // Words

  private async say(): Promise<void> {
    if (!this.status) return;
    const acts = await allActs();
    if (this.storing > 0) return; // a tap is not kept yet; it will say so itself
    const all = acts.filter((act) => act.owner === this.owner).length;
    const others = acts.length - all;
    const held = acts.filter((act) => this.held.has(act.key)).length;
    const mine = all - held;
    const sentences = [];
    for (const note of this.root.querySelectorAll<HTMLElement>("[data-held]")) note.hidden = held === 0;
    if (held > 0) sentences.push(counted("held", held));
    if (mine > 0) sentences.push(this.signedOut ? counted("sign_in", mine) : counted("queued", mine));
    else if (held === 0 && this.status.dataset["used"] === "yes") sentences.push(word("sent"));
    if (others > 0) sentences.push(counted("others", others));
    if (mine > 0) this.status.dataset["used"] = "yes";
    const text = sentences.join(" · ");
    if (this.status.textContent !== text) this.status.textContent = text;
    this.status.classList.toggle("waiting", all > 0);
    const door = this.root.querySelector<HTMLElement>("[data-sign-in]");
    if (door) door.hidden = !(this.signedOut && mine > 0);
  }

  // Search: every word must begin a word of the row; accents and capitals do not matter

  private search(words: string): void {
    const asked = plain(words).split(/\s+/).filter(Boolean);
    let found = 0;
    for (const row of this.root.querySelectorAll<HTMLElement>("[data-row]")) {
      const text = ` ${plain(row.dataset["row"] || (row.textContent ?? ""))}`;
      row.hidden = !asked.every((part) => text.includes(` ${part}`));
      if (!row.hidden) found += 1;
    }
    const says = this.root.querySelector<HTMLElement>("[data-found]");
    if (says) says.textContent = asked.length > 0 ? counted("found", found) : "";
  }
}

export function mount(element: HTMLElement): void {
  void new Sheet(element).start();
}
