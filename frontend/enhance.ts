/** Small things that make a page nicer. Everything here also works, more plainly, without it. */
import { forgetOthers } from "./sheet/keeping";

const READING_TIME = 10_000;

function closeMenus(except: Node | null): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
    if (!except || !menu.contains(except)) menu.open = false;
  }
}

function menus(): void {
  document.addEventListener("click", (event) => closeMenus(event.target as Node));
  document.addEventListener("focusin", (event) => closeMenus(event.target as Node));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector<HTMLDetailsElement>("details.menu[open]");
    if (open) {
      open.open = false;
      open.querySelector("summary")?.focus();
    }
  });
}

/** `<a href="#id" data-opens="id">` opens the dialog as a modal; without script its :target shows it. */
function dialogs(): void {
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    const opener = target.closest<HTMLElement>("[data-opens]");
    if (opener) {
      const dialog = document.getElementById(opener.dataset["opens"] ?? "");
      if (dialog instanceof HTMLDialogElement) {
        event.preventDefault();
        dialog.showModal();
      }
    }
    const closer = target.closest("[data-closes]");
    if (closer) {
      const dialog = closer.closest("dialog");
      if (dialog?.open) {
        event.preventDefault();
        dialog.close();
      }
    }
    if (target instanceof HTMLDialogElement && target.open) target.close(); // a click on the backdrop
  });
}

/** `<button data-copies="id">` copies the text of #id and says so in its own words (data-copied). */
function copying(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-copies]");
    const source = button && document.getElementById(button.dataset["copies"] ?? "");
    if (!button || !source) return;
    const text = source instanceof HTMLInputElement ? source.value : (source.textContent ?? "");
    const say = (): void => {
      const before = button.textContent;
      button.textContent = button.dataset["copied"] ?? before;
      window.setTimeout(() => (button.textContent = before), 2500);
    };
    if (navigator.clipboard) void navigator.clipboard.writeText(text).then(say, () => select(source));
    else select(source);
  });
}

function select(element: HTMLElement): void {
  const range = document.createRange();
  range.selectNodeContents(element);
  const selection = window.getSelection();
  selection?.removeAllRanges();
  selection?.addRange(range);
}

function leaveLater(toast: HTMLElement): void {
  if (toast.querySelector("form") || toast.classList.contains("error")) return; // undo and refusals wait
  let timer = 0;
  const wait = (): void => {
    timer = window.setTimeout(() => toast.remove(), READING_TIME);
  };
  const stay = (): void => window.clearTimeout(timer);
  for (const name of ["mouseenter", "focusin"]) toast.addEventListener(name, stay);
  for (const name of ["mouseleave", "focusout"]) toast.addEventListener(name, wait);
  wait();
}

export interface Message {
  message: string;
  undo?: string;
  level?: string;
}

/** Say something in a toast; with `undo`, a form that posts there. Needs #toasts and the template #toast. */
export function say({ message, undo, level = "success" }: Message): void {
  const box = document.getElementById("toasts");
  const template = document.getElementById("toast");
  if (!box || !(template instanceof HTMLTemplateElement)) return;
  const toast = (template.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLElement;
  toast.classList.add(level);
  const text = toast.querySelector("p");
  if (text) text.textContent = message;
  const form = toast.querySelector("form");
  if (undo && form) form.action = undo;
  else form?.remove();
  box.append(toast);
  leaveLater(toast);
}

function toasts(): void {
  const box = document.getElementById("toasts");
  if (!box) return;
  document.addEventListener("click", (event) => {
    const closer = (event.target as Element).closest("[data-dismisses]");
    closer?.closest(".toast")?.remove();
  });
  for (const closer of box.querySelectorAll<HTMLElement>("[data-dismisses]")) closer.hidden = false;
  // What is there when the page loads is not read aloud; what is put there afterwards is.
  const waiting = [...box.children] as HTMLElement[];
  box.replaceChildren();
  window.requestAnimationFrame(() => {
    for (const toast of waiting) {
      box.append(toast);
      leaveLater(toast);
    }
  });
}

/** Bring the place where the reader is into sight, where the row of places scrolls. */
function places(): void {
  for (const current of document.querySelectorAll<HTMLElement>(".places [aria-current]")) {
    const row = current.closest<HTMLElement>(".places");
    if (row && row.scrollWidth > row.clientWidth) row.scrollLeft = current.offsetLeft - row.offsetLeft - 24;
  }
}

function errorsFirst(): void {
  document.querySelector<HTMLElement>("form[method=post] .errors")?.focus();
}

function offline(): void {
  const note = document.getElementById("offline");
  if (!note) return;
  const show = (): void => {
    note.hidden = navigator.onLine;
  };
  window.addEventListener("online", show);
  window.addEventListener("offline", show);
  show();
}

export function enhance(): void {
  const reader = document.documentElement.dataset["reader"]; // "" for nobody; a page that does not know says nothing
  document.documentElement.classList.add("scripted");
  menus();
  dialogs();
  copying();
  toasts();
  places();
  errorsFirst();
  offline();
  if (reader !== undefined && navigator.onLine) void forgetOthers(reader);
}
