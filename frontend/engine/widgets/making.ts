/** Small pieces of a page. */
export function button(words: string, look: string, press: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = `button ${look}`;
  made.textContent = words;
  made.addEventListener("click", (event) => {
    event.preventDefault(); // inside a label a press would also go to its control
    event.stopPropagation();
    press();
  });
  return made;
}

export function element<Name extends keyof HTMLElementTagNameMap>(name: Name, look: string, ...inside: (Node | string)[]): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  if (look) made.className = look;
  made.append(...inside);
  return made;
}

/** What a question says in the language that is shown. */
export function labelOf(question: HTMLElement): string {
  const shown = question.querySelector(".question-label.active") ?? question.querySelector(".question-label");
  return shown?.textContent?.trim() ?? "";
}
