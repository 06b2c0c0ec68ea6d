/**
 * A draft laid into the blank answer of its form. enketo-core asks for it in the words of the package mergexml, whose first step is
 * to provoke an error page of the browser, style and all, which the policy on content forbids.
 */
const REPEAT = "repeat:/";
const parser = new DOMParser();

export default class Merging {
  dom: XMLDocument | null = null;
  readonly error = { code: "", text: "" };

  AddSource(xml: string): void {
    const read = parser.parseFromString(xml, "text/xml");
    if (this.dom) lay(this.dom.documentElement, read.documentElement);
    else this.dom = read;
  }
}

/** Whether the blank answer says that elements of this name are repeated: enketo-core leaves a comment before them. */
function isRepeated(element: Element): boolean {
  for (let before: ChildNode | null = element.previousSibling; before; before = before.previousSibling) {
    const said = before instanceof Comment ? (before.data ?? "") : "";
    if (said.startsWith(REPEAT) && said.endsWith(`/${element.nodeName}`)) return true;
  }
  return false;
}

/** Children go by name and place among those of their name; what the draft has more of is added behind its own kind. */
function lay(blank: Element, draft: Element): void {
  const taken = new Map<string, number>();
  const of = (name: string): Element[] => [...blank.children].filter((one) => one.localName === name);
  for (const child of draft.children) {
    const place = taken.get(child.localName) ?? 0;
    taken.set(child.localName, place + 1);
    const same = of(child.localName);
    const found = same[place];
    if (found) {
      lay(found, child);
      continue;
    }
    const more = blank.ownerDocument.importNode(child, true);
    const last = same[same.length - 1];
    if (last) last.after(more);
    else blank.append(more);
  }
  for (const child of [...blank.children]) {
    const place = of(child.localName).indexOf(child);
    if (place >= (taken.get(child.localName) ?? 0) && isRepeated(child)) child.remove();
  }
  if (!draft.children.length && !blank.children.length) blank.textContent = draft.textContent;
}
