// A table of any length of which only the rows in sight are in the document, and only a window around them on this machine.
import { attribute, h } from "../core/dom";
import { singleKeys } from "../core/keys";
import type { Column, RowKind } from "./row";

interface Options<T> {
    label: string;
    columns: Column[];
    rows: RowKind<T>;
    /** Another part came into sight, or the order was changed: ask for it. */
    onChange: () => void;
    /** The keys that mean something on a row, and what they or a double click ("Enter") do. */
    keys: string[];
    onKey: (key: string, record: T) => void;
}

/** Rows asked for beyond those in sight, above and below, so that scrolling a little shows no gap. */
const MARGIN = 20;

/** The most that may be asked for at once. */
const MOST = 200;

/** Windows begin at multiples of this, so that not each pixel asks for another one. */
const STEP = 10;

export class Grid<T> {
    readonly element: HTMLElement;
    sort: string;
    descending: boolean;
    private readonly space = h("div", { class: "grid-space", role: "rowgroup" });
    private readonly headers = new Map<string, HTMLElement>();
    private readonly drawn = new Map<string, HTMLElement>();
    private rowHeight = 48;
    private offset = 0;
    private matching = 0;
    private records: T[] = [];
    private asked = "";
    private active = 0;
    private activeKey = "";
    private frame = 0;

    constructor(
        private readonly options: Options<T>,
        sort: string,
        descending: boolean,
    ) {
        this.sort = sort;
        this.descending = descending;
        this.element = h(
            "div",
            {
                class: "grid",
                role: "grid",
                "aria-label": options.label,
                "aria-colcount": String(options.columns.length),
                tabindex: "0",
                onkeydown: (event: KeyboardEvent) => this.key(event),
                onscroll: () => this.draw(),
            },
            h(
                "div",
                { class: "grid-head", role: "rowgroup" },
                h(
                    "div",
                    { class: "row", role: "row", "aria-rowindex": "1" },
                    ...options.columns.map((column) => this.header(column)),
                ),
            ),
            this.space,
        );
        new ResizeObserver(() => this.draw()).observe(this.element);
        this.showOrder();
    }

    private header(column: Column): HTMLElement {
        const { sort, title, className } = column;
        if (sort === undefined) {
            return h("div", { class: className, role: "columnheader" }, title);
        }
        const header = h(
            "div",
            { class: className, role: "columnheader" },
            h("button", { type: "button", class: "sort", tabindex: "-1", onclick: () => this.sortBy(sort) }, title),
        );
        this.headers.set(sort, header);
        return header;
    }

    /** Sorts by a column, the other way round if it is already. */
    private sortBy(column: string): void {
        this.order(column, this.sort === column ? !this.descending : column !== "user" && column !== "name");
    }

    order(column: string, descending: boolean): void {
        this.sort = column;
        this.descending = descending;
        this.showOrder();
        this.toTop();
        this.options.onChange();
    }

    private showOrder(): void {
        for (const [column, header] of this.headers) {
            const isSorted = column === this.sort;
            attribute(header, "aria-sort", isSorted ? (this.descending ? "descending" : "ascending") : undefined);
        }
    }

    /** Begins at the first row again: after another filter or order. */
    toTop(): void {
        this.element.scrollTop = 0;
        this.active = 0;
        this.activeKey = "";
    }

    /** What to ask the server for. */
    window(): { offset: number; limit: number } {
        const [first] = this.inSight();
        // As many as the window has room for: the table itself grows with its rows.
        const last = first + Math.ceil(innerHeight / this.rowHeight);
        const offset = Math.max(0, Math.floor((first - MARGIN) / STEP) * STEP);
        return { offset, limit: Math.min(MOST, Math.ceil((last - offset + MARGIN) / STEP) * STEP) };
    }

    /** The rows from {@code offset} on, of all that match. */
    show(offset: number, matching: number, records: T[]): void {
        this.offset = offset;
        this.matching = matching;
        this.records = records;
        const at = this.activeKey === "" ? -1 : records.findIndex((each) => this.keyOf(each) === this.activeKey);
        if (at >= 0) {
            this.active = offset + at;
        } else {
            this.active = Math.max(0, Math.min(this.active, matching - 1));
        }
        this.draw();
    }

    /** Draws the rows in sight anew, at the latest with the next frame. */
    draw(): void {
        if (this.frame === 0) {
            this.frame = requestAnimationFrame(() => {
                this.frame = 0;
                this.drawNow();
            });
        }
    }

    private keyOf(record: T): string {
        return this.options.rows.key(record);
    }

    private inSight(): [first: number, last: number] {
        const first = Math.floor(this.element.scrollTop / this.rowHeight);
        return [first, first + Math.ceil(this.element.clientHeight / this.rowHeight) + 1];
    }

    private drawNow(): void {
        if (this.element.clientHeight === 0) {
            this.forgetAllBut(new Map());
            return;
        }
        const height = Number.parseFloat(getComputedStyle(this.element).getPropertyValue("--row-height"));
        this.rowHeight = height > 0 ? height : this.rowHeight;
        this.space.style.height = `${this.matching * this.rowHeight}px`;
        attribute(this.element, "aria-rowcount", String(this.matching + 1));

        const [first, last] = this.inSight();
        const wanted = new Map<string, [number, T]>();
        for (let at = Math.max(first - 2, this.offset); at < Math.min(last + 2, this.matching); at += 1) {
            const record = this.records[at - this.offset];
            if (record !== undefined) {
                wanted.set(this.keyOf(record), [at, record]);
            }
        }
        this.forgetAllBut(wanted);
        for (const [key, [at, record]] of wanted) {
            this.drawRow(key, at, record);
        }
        this.arrange([...wanted.keys()]);
        // Something has to take the focus while the row that had it is out of sight.
        attribute(this.element, "tabindex", this.drawn.has(this.activeKey) ? "-1" : "0");

        const window = JSON.stringify(this.window());
        if (window !== this.asked) {
            this.asked = window;
            this.options.onChange();
        }
    }

    /** Their order in the document is what screen readers follow. The row with the focus stays: moved, it would lose it. */
    private arrange(keys: string[]): void {
        const rows = keys.flatMap((key) => this.drawn.get(key) ?? []);
        if (rows.every((row, at) => this.space.children[at] === row)) {
            return;
        }
        const fixed = rows.findIndex((row) => row.contains(document.activeElement));
        const anchor = rows[fixed] ?? null;
        rows.forEach((row, at) => {
            if (at < fixed) {
                this.space.insertBefore(row, anchor);
            } else if (at > fixed) {
                this.space.append(row);
            }
        });
    }

    private forgetAllBut(wanted: Map<string, unknown>): void {
        for (const [key, element] of this.drawn) {
            if (!wanted.has(key)) {
                const hadFocus = element.contains(document.activeElement);
                element.remove();
                this.drawn.delete(key);
                if (hadFocus) {
                    this.element.focus({ preventScroll: true });
                }
            }
        }
    }

    private drawRow(key: string, at: number, record: T): void {
        let row = this.drawn.get(key);
        if (row === undefined) {
            row = this.options.rows.make(record);
            row.addEventListener("focusin", () => this.activate(key));
            row.addEventListener("dblclick", () => this.options.onKey("Enter", this.record(key) ?? record));
            this.drawn.set(key, row);
            this.space.append(row);
        }
        this.options.rows.update(row, record);
        row.style.transform = `translateY(${at * this.rowHeight}px)`;
        attribute(row, "aria-rowindex", String(at + 2));
        attribute(row, "tabindex", key === this.activeKey ? "0" : "-1");
        row.classList.toggle("odd", at % 2 === 1);
    }

    /** The newest record of a row. */
    record(key: string): T | undefined {
        return this.records.find((each) => this.keyOf(each) === key);
    }

    private activate(key: string): void {
        const at = this.records.findIndex((each) => this.keyOf(each) === key);
        this.drawn.get(this.activeKey)?.setAttribute("tabindex", "-1");
        this.activeKey = key;
        this.active = this.offset + at;
        this.drawn.get(key)?.setAttribute("tabindex", "0");
        attribute(this.element, "tabindex", "-1");
    }

    private key(event: KeyboardEvent): void {
        if (event.ctrlKey || event.altKey || event.metaKey || event.target instanceof HTMLButtonElement) {
            return;
        }
        const page = Math.max(1, Math.floor(this.element.clientHeight / this.rowHeight) - 2);
        const isOnRow = document.activeElement !== this.element;
        const steps: Record<string, number> = {
            ArrowDown: isOnRow ? 1 : 0,
            ArrowUp: -1,
            PageDown: page,
            PageUp: -page,
            Home: -this.matching,
            End: this.matching,
        };
        const step = steps[event.key];
        if (step !== undefined) {
            event.preventDefault();
            this.moveTo(this.active + step);
            return;
        }
        const isSingle = event.key.length === 1 && !singleKeys();
        const record = isOnRow && !isSingle ? this.record(this.activeKey) : undefined;
        if (record !== undefined && this.options.keys.includes(event.key)) {
            // A dialog that opens must not get this key as well: Enter would press its first button.
            event.preventDefault();
            this.options.onKey(event.key, record);
        }
    }

    /** Brings a row into sight, and the focus to it if it is here already. */
    private moveTo(wanted: number): void {
        if (this.matching === 0) {
            return;
        }
        this.active = Math.max(0, Math.min(wanted, this.matching - 1));
        const top = this.active * this.rowHeight;
        const visible = this.element.clientHeight - 2 * this.rowHeight;
        if (top < this.element.scrollTop) {
            this.element.scrollTop = top;
        } else if (top > this.element.scrollTop + visible) {
            this.element.scrollTop = top - visible;
        }
        const record = this.records[this.active - this.offset];
        this.activeKey = record === undefined ? "" : this.keyOf(record);
        this.drawNow();
        const row = this.drawn.get(this.activeKey);
        (row ?? this.element).focus({ preventScroll: true });
    }
}
