// Makes elements. Nothing here or elsewhere parses text as HTML: the page's security policy forbids it.
import { pieces } from "./text";

export type Child = Node | string | null | undefined | false;
type Value = string | boolean | undefined | ((event: never) => void);

/** An element. Attributes that are false or undefined are left out; functions are listeners: {onclick: …}. */
export function h<K extends keyof HTMLElementTagNameMap>(
    tag: K,
    attributes: Record<string, Value> = {},
    ...children: Child[]
): HTMLElementTagNameMap[K] {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
        if (typeof value === "function") {
            element.addEventListener(name.replace(/^on/, ""), value as EventListener);
        } else {
            attribute(element, name, value);
        }
    }
    add(element, children);
    return element;
}

export function add(parent: Element, children: Child[]): void {
    for (const child of children) {
        if (child !== null && child !== undefined && child !== false) {
            parent.append(child);
        }
    }
}

/** Sets an attribute only where it changes, so that nothing is drawn or told anew for nothing. */
export function attribute(element: Element, name: string, value: string | boolean | undefined): void {
    if (value === false || value === undefined) {
        element.removeAttribute(name);
    } else {
        const text = value === true ? "" : value;
        if (element.getAttribute(name) !== text) {
            element.setAttribute(name, text);
        }
    }
}

/** Hides an element or shows it again. If it has the focus, that goes elsewhere instead of being lost. */
export function hide(element: HTMLElement, hidden: boolean, instead: HTMLElement): void {
    if (hidden && element.contains(document.activeElement)) {
        instead.focus({ preventScroll: true });
    }
    attribute(element, "hidden", hidden);
}

/** Text of the page's own. */
export function setText(element: Element, text: string): void {
    if (element.textContent !== text) {
        element.textContent = text;
    }
}

const shown = new WeakMap<Element, string>();

/** Puts a stranger's text into an element, apart from the direction of what stands around it. */
export function setName(element: Element, text: string): void {
    if (shown.get(element) === text) {
        return;
    }
    shown.set(element, text);
    element.replaceChildren(
        ...pieces(text).map((piece) =>
            piece.escape ? h("span", { class: "escape" }, piece.text) : document.createTextNode(piece.text),
        ),
    );
}

/** An element that shows a stranger's text. */
export function name(text: string, className = ""): HTMLElement {
    const element = h("bdi", { class: `name ${className}`.trim(), dir: "auto" });
    setName(element, text);
    return element;
}

let lastId = 0;

/** An id that no other element has. */
export function newId(): string {
    lastId += 1;
    return `id${lastId}`;
}

/** A labelled field of a toolbar or dialog. */
export function field(label: string, control: HTMLElement): HTMLElement {
    return h("label", { class: "field" }, h("span", {}, label), control);
}

export function options(select: HTMLSelectElement, values: [value: string, text: string][]): HTMLSelectElement {
    select.replaceChildren(...values.map(([value, text]) => h("option", { value }, text)));
    return select;
}

/** Calls back once there was no call for that many milliseconds: for fields that are typed into. */
export function later(milliseconds: number, action: () => void): () => void {
    let timer = 0;
    return () => {
        clearTimeout(timer);
        timer = setTimeout(action, milliseconds);
    };
}
