/** What this folder uses of enketo-core 9.0.1, which has no types of its own. */
declare module "enketo-core/src/js/form.js" {
  export interface Given {
    modelStr: string;
    instanceStr?: string | null;
    submitted?: boolean;
    external?: unknown[];
  }
  export class Form {
    constructor(form: HTMLFormElement, given: Given, options?: { language?: string });
    init(): string[];
    validate(): Promise<boolean>;
    getDataStr(include?: { irrelevant?: boolean }): string;
    readonly instanceID: string;
    readonly currentLanguage: string;
    readonly view: { html: HTMLFormElement };
  }
}

declare module "enketo-core/src/js/widget.js" {
  /** Stands on one control of a question; the engine makes, updates, enables and disables it. */
  export default class Widget<Control extends HTMLElement = HTMLInputElement> {
    static get selector(): string;
    static get list(): boolean;
    protected element: Control;
    protected question: HTMLElement;
    protected get props(): { readonly: boolean; appearances: string[]; type: string };
    protected get originalInputValue(): string;
    protected set originalInputValue(value: string);
    protected _init(): void;
    update(): void;
    enable(): void;
    disable(): void;
  }
}
