/** A signature, a drawing, or notes on a picture: a canvas for finger, pen and mouse, and a picture instead for whoever cannot draw. */
import Widget from "enketo-core/src/js/widget.js";

import { drop, file, hold } from "../files";
import { said } from "../said";
import { button, element, labelOf } from "./making";

const WIDTH = 640;

export class Drawing extends Widget {
  // The type of the control changes below, so that the selector must not speak of it.
  static override get selector(): string {
    return ["draw", "signature", "annotate"].map((look) => `.question.or-appearance-${look} input[data-type-xml='binary']`).join(", ");
  }

  private canvas!: HTMLCanvasElement;
  private chosen!: HTMLInputElement;
  private drawing = false;
  private moved = false;

  protected override _init(): void {
    const loaded = this.element.dataset["loadedFileName"] ?? "";
    this.canvas = element("canvas", "pad");
    this.canvas.width = WIDTH;
    this.canvas.height = this.props.appearances.includes("signature") ? 240 : 480;
    this.canvas.setAttribute("role", "img");
    this.chosen = element("input", "ignore");
    this.chosen.type = "file";
    this.chosen.accept = "image/*";
    this.chosen.addEventListener("change", (event) => {
      event.stopPropagation();
      void this.lay(this.chosen.files?.[0]).then(() => this.keep());
    });
    const clear = button(said("clear"), "second small", () => this.clear());
    const instead = element("label", "instead", element("span", "", said("picture_instead")), this.chosen);
    this.element.before(element("div", "widget", this.canvas, element("div", "row", clear), instead));
    this.element.type = "text";
    this.element.dataset["drawing"] = "true";
    this.element.classList.add("unseen-control");
    this.element.tabIndex = -1;
    this.element.setAttribute("aria-hidden", "true");
    this.element.value = loaded && file(loaded) ? loaded : "";
    this.blank();
    void this.lay(file(this.element.value));
    this.listen();
    this.update();
  }

  private get pen(): CanvasRenderingContext2D {
    return this.canvas.getContext("2d") as CanvasRenderingContext2D;
  }

  private listen(): void {
    this.canvas.addEventListener("pointerdown", (event) => {
      if (this.props.readonly) return;
      event.preventDefault();
      this.canvas.setPointerCapture(event.pointerId);
      this.drawing = true;
      this.pen.beginPath();
      this.pen.moveTo(...this.at(event));
      this.line(event); // a tap leaves a point
    });
    this.canvas.addEventListener("pointermove", (event) => this.drawing && this.line(event));
    for (const end of ["pointerup", "pointercancel"]) {
      this.canvas.addEventListener(end, () => {
        if (this.drawing && this.moved) this.keep();
        this.drawing = this.moved = false;
      });
    }
  }

  private at(event: PointerEvent): [number, number] {
    const box = this.canvas.getBoundingClientRect();
    return [((event.clientX - box.left) * this.canvas.width) / box.width, ((event.clientY - box.top) * this.canvas.height) / box.height];
  }

  private line(event: PointerEvent): void {
    const [x, y] = this.at(event);
    Object.assign(this.pen, { lineWidth: 4, lineCap: "round", lineJoin: "round", strokeStyle: "#201b16" });
    this.pen.lineTo(x + 0.1, y);
    this.pen.stroke();
    this.moved = true;
  }

  private blank(): void {
    this.pen.fillStyle = "#ffffff";
    this.pen.fillRect(0, 0, this.canvas.width, this.canvas.height);
  }

  /** Put a picture on the canvas, as large as it fits. */
  private async lay(picture: Blob | undefined): Promise<void> {
    if (!picture) return;
    const image = await createImageBitmap(picture).catch(() => null);
    if (!image) return;
    const scale = Math.min(this.canvas.width / image.width, this.canvas.height / image.height);
    const [width, height] = [image.width * scale, image.height * scale];
    this.blank();
    this.pen.drawImage(image, (this.canvas.width - width) / 2, (this.canvas.height - height) / 2, width, height);
  }

  private keep(): void {
    this.canvas.toBlob((content) => {
      if (!content) return;
      drop(this.element.value);
      this.originalInputValue = hold(content, ".png");
      this.update();
    }, "image/png");
  }

  private clear(): void {
    drop(this.element.value);
    this.chosen.value = "";
    this.blank();
    this.originalInputValue = "";
    this.update();
  }

  override update(): void {
    const state = said(this.element.value ? "drawn" : "not_drawn");
    this.canvas.setAttribute("aria-label", `${labelOf(this.question)}: ${state}`);
    if (!this.element.value && !this.drawing) this.blank();
  }
}
