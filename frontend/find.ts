/** Long lists of people: a box narrows them while one writes, and says who is chosen. Without this script the box has a button. */

/** Small letters without accents, as the server compares names. */
export function plain(text: string): string {
  return text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
}

export function findable(form: HTMLElement): void {
  for (const list of form.querySelectorAll<HTMLElement>("[data-people]")) follow(list);
}

function follow(list: HTMLElement): void {
  const box = list.querySelector<HTMLInputElement>("[type=search]");
  const told = list.querySelector<HTMLElement>("[data-found]");
  if (!box || !told) return;
  const people = [...list.querySelectorAll<HTMLElement>(".choice")].map((row) => {
    const name = row.textContent?.trim() ?? "";
    return { row, name, plain: plain(name), tick: row.querySelector("input") };
  });
  const isWhole = list.dataset["more"] === undefined; // else only the server knows everybody
  if (isWhole) list.querySelector("button")?.setAttribute("hidden", "");
  const show = (): void => {
    const words = plain(box.value).split(/\s+/);
    let found = 0;
    for (const one of people) {
      const fits = words.every((word) => one.plain.includes(word));
      one.row.hidden = isWhole && !fits && !one.tick?.checked;
      if (fits) found += 1;
    }
    const chosen = people.filter((one) => one.tick?.checked).map((one) => one.name);
    const none = found || !isWhole ? "" : (told.dataset["none"] ?? "");
    told.textContent = [none, chosen.length ? `${told.dataset["chosen"] ?? ""} ${chosen.join(", ")}` : ""].join(" ").trim();
  };
  list.addEventListener("input", show);
  if (isWhole)
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault(); // it narrows already; it does not send the answer
    });
  show();
}
