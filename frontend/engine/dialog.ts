/** The questions that enketo-core asks: only whether a part that is repeated shall go. */
interface Asked {
  heading?: string;
  msg?: string;
}

function confirm(asked: Asked | string): Promise<boolean> {
  const dialog = document.getElementById("engine-confirm") as HTMLDialogElement | null;
  const words = typeof asked === "string" ? asked : (asked.heading ?? asked.msg ?? "");
  if (!dialog || typeof dialog.showModal !== "function") return Promise.resolve(window.confirm(words));
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true }));
}

function alert(said: string): Promise<void> {
  console.warn(said); // what a form is made of wrongly: nobody who answers can mend it
  return Promise.resolve();
}

export default { alert, confirm, prompt: (): Promise<string> => Promise.resolve("") };
