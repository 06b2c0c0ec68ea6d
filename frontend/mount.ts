/** The script of the coordinators' shell: htmx, small enhancements, and islands where a page has them. */
import htmx from "htmx.org";

import { enhance, say, type Message } from "./enhance";
import { findable } from "./find";
import { passkeys } from "./passkeys";
import { word } from "./words";

export interface Island {
  mount(element: HTMLElement): void;
}

const mounted = new WeakSet<Element>();

/** `<div data-island="network" data-src="/static/…/network.js">`: the module is fetched only where it is needed. */
function mountIslands(root: ParentNode): void {
  for (const element of root.querySelectorAll<HTMLElement>("[data-island][data-src]")) {
    if (mounted.has(element)) continue;
    mounted.add(element);
    void import(element.dataset["src"] ?? "").then((island: Island) => {
      island.mount(element);
      element.dataset["mounted"] = ""; // from now on it hears what is done to it
    });
  }
}

/** What a page asks again by itself every few seconds is simply asked again: a wall is no place for a notice every five seconds. */
function quiet(event: Event): boolean {
  return event.target instanceof Element && event.target.closest("[data-quiet]") !== null;
}

function answers(): void {
  document.body.addEventListener("toast", (event) => say((event as CustomEvent<Message>).detail));
  document.body.addEventListener("htmx:sendError", (event) => {
    if (!quiet(event)) say({ message: word("unsent"), level: "error" });
  });
  document.body.addEventListener("htmx:responseError", (event) => {
    if (quiet(event)) return;
    const status = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail.xhr.status;
    say({ message: word(status === 403 ? "forbidden" : status === 404 ? "missing" : "failed"), level: "error" });
  });
  htmx.onLoad((element) => mountIslands(element as HTMLElement));
}

enhance();
passkeys();
answers();
mountIslands(document);
findable(document.body);
