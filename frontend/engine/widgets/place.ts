/** A place, a line or an area, without a map: written, or taken from where the device is. Nothing is asked of anybody else. */
import Widget from "enketo-core/src/js/widget.js";

import { said } from "../said";
import { button, element, labelOf } from "./making";

type Point = [string, string, string, string]; // latitude, longitude, altitude, accuracy

const number = (text: string): string => text.trim().replace(",", ".");

export class Place extends Widget {
  static override get selector(): string {
    return ["geopoint", "geotrace", "geoshape"].map((type) => `.question input[data-type-xml='${type}']`).join(", ");
  }

  private list!: HTMLElement;
  private state!: HTMLElement;
  private more!: HTMLButtonElement;

  protected override _init(): void {
    this.element.classList.add("unseen-control");
    this.element.tabIndex = -1;
    this.element.setAttribute("aria-hidden", "true");
    this.list = element("div", "points");
    this.state = element("p", "help");
    this.state.setAttribute("role", "status");
    const here = button(said("here"), "second", () => this.locate());
    here.hidden = !("geolocation" in navigator) || !window.isSecureContext;
    this.more = button(said("add_point"), "second", () => this.row(["", "", "", ""]).querySelector("input")?.focus());
    this.more.hidden = this.isPoint;
    const row = element("div", "row", here, this.more);
    row.hidden = this.props.readonly;
    this.element.before(element("div", "widget place", this.list, row, this.state));
    this.update();
  }

  private get isPoint(): boolean {
    return this.props.type === "geopoint";
  }

  private read(): Point[] {
    const points = this.element.value.split(";").map((one) => one.trim().split(/\s+/)).filter((one) => one.length >= 2);
    const found = points.map((one): Point => [one[0] ?? "", one[1] ?? "", one[2] ?? "0", one[3] ?? "0"]);
    const [first, last] = [found[0], found[found.length - 1]];
    const closed = this.props.type === "geoshape" && found.length > 1 && first?.[0] === last?.[0] && first?.[1] === last?.[1];
    return closed ? found.slice(0, -1) : found;
  }

  private row(point: Point): HTMLElement {
    const made = element("div", "point");
    const fields = (["latitude", "longitude"] as const).map((which, index) => {
      const field = element("input", "ignore");
      Object.assign(field, { type: "text", autocomplete: "off", value: point[index] ?? "" });
      field.readOnly = this.props.readonly;
      field.addEventListener("change", (event) => {
        event.stopPropagation();
        delete made.dataset["rest"]; // what the device measured belongs to another place
        this.write();
      });
      field.addEventListener("input", (event) => event.stopPropagation());
      return element("label", "", element("span", "", said(which)), field);
    });
    made.dataset["rest"] = `${point[2]} ${point[3]}`;
    made.append(...fields);
    if (!this.isPoint && !this.props.readonly) {
      made.append(
        button(said("remove_point"), "second small", () => {
          made.remove();
          this.write();
          this.more.focus();
        }),
      );
    }
    this.list.append(made);
    return made;
  }

  private write(): void {
    const rows = [...this.list.querySelectorAll<HTMLElement>(".point")].map((row) => ({
      said: [...row.querySelectorAll("input")].map((field) => number(field.value)),
      rest: (row.dataset["rest"] ?? "0 0").trim() || "0 0",
    }));
    const filled = rows.filter((row) => row.said.some(Boolean));
    const right = filled.every(({ said: [latitude = "", longitude = ""] }) => {
      const [north, east] = [Number(latitude), Number(longitude)];
      return latitude !== "" && longitude !== "" && Math.abs(north) <= 90 && Math.abs(east) <= 180;
    });
    // What was said keeps its room: the button below must not move away from under a finger that leaves the field for it.
    this.state.classList.toggle("unsaid", right);
    if (!right) this.state.textContent = said("not_a_place");
    const points = filled.map((row) => `${row.said.join(" ")} ${row.rest}`);
    if (this.props.type === "geoshape" && points.length > 2 && points[0]) points.push(points[0]);
    const value = right ? points.join(";") : "";
    if (value !== this.element.value) this.originalInputValue = value;
  }

  private locate(): void {
    this.state.classList.remove("unsaid");
    this.state.textContent = said("looking");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const point: Point = [coords.latitude.toFixed(6), coords.longitude.toFixed(6), String(coords.altitude ?? 0), String(coords.accuracy)];
        if (this.isPoint) this.list.replaceChildren();
        this.row(point);
        this.write();
        this.state.classList.remove("unsaid");
        this.state.textContent = said("found", { metres: Math.round(coords.accuracy) });
      },
      () => {
        this.state.textContent = said("not_found");
      },
      { enableHighAccuracy: true, timeout: 30_000 },
    );
  }

  override update(): void {
    this.question.setAttribute("role", "group");
    this.question.setAttribute("aria-label", labelOf(this.question));
    if (this.list.contains(document.activeElement)) return; // somebody is writing
    const points = this.read();
    this.list.replaceChildren();
    for (const point of points) this.row(point);
    if (this.isPoint && !points.length) this.row(["", "", "0", "0"]);
  }
}
