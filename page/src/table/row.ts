// What a kind of row is, for a table that knows none.
import { h } from "../core/dom";

export interface Column {
    title: string;
    /** The server's word to sort by it. */
    sort?: string;
    className: string;
}

/** How a kind of row is drawn. An element is made once and changed as its record changes. */
export interface RowKind<T> {
    key(record: T): string;
    make(record: T): HTMLElement;
    update(element: HTMLElement, record: T): void;
}

/** A cell whose text is set by its row. */
export function cell(className: string, ...children: (Node | string | null | false)[]): HTMLElement {
    const element = h("div", { class: className, role: "gridcell" });
    for (const child of children) {
        if (child) {
            element.append(child);
        }
    }
    return element;
}

/** Cells by the name of their class, for updates. */
export function part(row: HTMLElement, className: string): HTMLElement {
    const found = row.getElementsByClassName(className)[0];
    if (!(found instanceof HTMLElement)) {
        throw new Error(`No ${className} in this row.`);
    }
    return found;
}
