// The table of sessions: only a window of it is here, and it changes by differences.
import type { App } from "../core/app";
import { show } from "../core/dialog";
import { attribute, field, h, hide, later, name, options, setText } from "../core/dom";
import { count, distance, duration, rate, when } from "../core/format";
import type { FtpSession, SessionsEvent } from "../core/types";
import { whyStreamed } from "../core/words";
import { Grid } from "../table/grid";
import { idleSeconds, progressText, SESSION_COLUMNS, sessionRows, stamp } from "../table/session-row";
import { askToBan, askToKick } from "./acts";

const ORDERS: [value: string, text: string][] = [
    ["rate+", "fastest first"],
    ["bytes+", "most bytes first"],
    ["since", "oldest first"],
    ["since+", "newest first"],
    ["user", "by user"],
    ["address", "by address"],
    ["directory", "by directory"],
    ["idle+", "idle longest first"],
];

/** Words that the server understands as more than a part of a name. */
const KINDS: [value: string, text: string][] = [
    ["", "All"],
    ["transferring", "Transferring"],
    ["streamed", "Streamed"],
    ["zero-copy", "Zero-copy"],
];

export class Sessions {
    readonly element: HTMLElement;
    readonly filter = h("input", {
        type: "search",
        placeholder: "user, address, directory or path",
        spellcheck: "false",
        maxlength: "200",
    });
    private readonly grid: Grid<FtpSession>;
    private readonly counted = h("p", { class: "counted" });
    private readonly empty = h("div", { class: "empty", hidden: true });
    private readonly held = h("span", { class: "badge plain", hidden: true }, "order held while you point at it");
    private readonly order = options(h("select"), ORDERS);
    private readonly kind = h("div", { class: "segments", role: "group", "aria-label": "Which sessions" });
    private known = new Map<string, FtpSession>();
    private shown: SessionsEvent = { total: 0, matching: 0, offset: 0, order: [], rows: [] };
    private waiting: SessionsEvent | null = null;
    private pointed = false;
    private asked = "";
    private details: (() => void) | null = null;

    constructor(private readonly app: App) {
        const acts = app.mayAct ? (key: string) => this.buttons(key) : null;
        this.grid = new Grid<FtpSession>(
            {
                label: "Sessions",
                columns: app.mayAct ? SESSION_COLUMNS : SESSION_COLUMNS.slice(0, -1),
                rows: sessionRows(acts),
                onChange: () => this.changed(),
                keys: ["Enter", "k", "b"],
                onKey: (key, record) => this.key(key, record),
            },
            "rate",
            true,
        );
        this.order.addEventListener("change", () => {
            this.grid.order(this.order.value.replace("+", ""), this.order.value.endsWith("+"));
        });
        this.filter.addEventListener(
            "input",
            later(250, () => this.filtered()),
        );
        for (const [value, text] of KINDS) {
            this.kind.append(h("button", { type: "button", value, onclick: () => this.choose(value) }, text));
        }
        this.grid.element.addEventListener("pointerenter", (event) => this.hold(event.pointerType === "mouse"));
        this.grid.element.addEventListener("pointerleave", () => this.hold(false));
        this.element = h(
            "section",
            { class: "card sessions", "aria-labelledby": "sessions-title" },
            h("h2", { id: "sessions-title" }, "Sessions"),
            h(
                "div",
                { class: "toolbar" },
                field("Filter", this.filter),
                this.kind,
                field("Order", this.order),
                this.counted,
                this.held,
            ),
            this.empty,
            this.grid.element,
        );
        this.showKind();
        app.stream.on("sessions", (event) => this.receive(event));
        app.stream.on("hello", () => this.forget());
        setInterval(() => this.grid.draw(), 1000);
    }

    view(): Record<string, unknown> {
        return {
            ...this.grid.window(),
            sort: this.grid.sort,
            descending: this.grid.descending,
            filter: this.filter.value,
        };
    }

    draw(): void {
        this.grid.draw();
    }

    private changed(): void {
        const chosen = this.grid.sort + (this.grid.descending ? "+" : "");
        this.order.value = ORDERS.some(([value]) => value === chosen) ? chosen : "";
        this.waiting = null;
        const asked = `${chosen} ${this.filter.value}`;
        if (asked !== this.asked) {
            // What was asked for is shown at once, also under the pointer, which held the rows as they were.
            this.asked = asked;
            this.pointed = false;
        }
        this.app.refresh();
    }

    private choose(value: string): void {
        this.filter.value = value;
        this.filtered();
    }

    private filtered(): void {
        this.showKind();
        this.grid.toTop();
        this.changed();
    }

    private showKind(): void {
        for (const button of this.kind.querySelectorAll("button")) {
            attribute(button, "aria-pressed", String(button.value === this.filter.value.trim()));
        }
    }

    /** A new stream knows nothing of what was sent before: it sends all rows again. */
    private forget(): void {
        this.known = new Map();
        this.waiting = null;
    }

    private receive(event: SessionsEvent): void {
        for (const row of event.rows) {
            stamp(row);
            this.known.set(row.session, row);
        }
        const isSameWindow = event.offset === this.shown.offset && this.shown.order.length > 0;
        if (this.pointed && isSameWindow && event.matching > 0) {
            // Rows that jump away are clicked wrongly: under the pointer they keep their places, and only what is in them changes.
            this.waiting = event;
            attribute(this.held, "hidden", event.order.join() === this.shown.order.join());
            this.shown = {
                ...event,
                order: this.shown.order,
                matching: Math.max(event.matching, this.shown.order.length),
            };
        } else {
            this.apply(event);
        }
        this.update();
    }

    private apply(event: SessionsEvent): void {
        this.waiting = null;
        attribute(this.held, "hidden", true);
        this.shown = event;
        const order = new Set(event.order);
        for (const key of this.known.keys()) {
            if (!order.has(key)) {
                this.known.delete(key);
            }
        }
    }

    private hold(pointed: boolean): void {
        this.pointed = pointed;
        if (!pointed && this.waiting !== null) {
            this.apply(this.waiting);
            this.update();
        }
    }

    private update(): void {
        const { total, matching, offset, order } = this.shown;
        const records = order.flatMap((key) => this.known.get(key) ?? []);
        this.grid.show(offset, matching, records);
        setText(
            this.counted,
            matching === total ? `${count(total)} sessions` : `${count(matching)} of ${count(total)} sessions`,
        );
        const isEmpty = matching === 0;
        attribute(this.empty, "hidden", !isEmpty);
        hide(this.grid.element, isEmpty, this.filter);
        if (isEmpty) {
            setText(
                this.empty,
                total === 0
                    ? "No client is connected. Sessions show up here as soon as one is: try an FTP client on one of the addresses below."
                    : "No session matches. Clear the filter to see all.",
            );
        }
        this.details?.();
    }

    private buttons(key: string): HTMLElement[] {
        const act = (action: (app: App, record: FtpSession) => void) => () => {
            const record = this.known.get(key);
            if (record !== undefined) {
                action(this.app, record);
            }
        };
        const kick = h(
            "button",
            { type: "button", class: "small kick", tabindex: "-1", onclick: act(askToKick) },
            "Kick",
        );
        const ban = h(
            "button",
            {
                type: "button",
                class: "small ban",
                tabindex: "-1",
                onclick: act((app, record) => askToBan(app, record.network)),
            },
            "Ban",
        );
        return this.app.mayBan ? [kick, ban] : [kick];
    }

    private key(key: string, record: FtpSession): void {
        if (key === "Enter") {
            this.open(record);
        } else if (key === "k" && this.app.mayAct) {
            askToKick(this.app, record);
        } else if (key === "b" && this.app.mayBan) {
            askToBan(this.app, record.network);
        }
    }

    /** All of a session, names in full length, as it changes. */
    private open(first: FtpSession): void {
        const body = h("dl", { class: "facts" });
        const fill = () => {
            const record = this.known.get(first.session);
            body.classList.toggle("stale", record === undefined);
            facts(body, record ?? first);
        };
        fill();
        const buttons = this.app.mayAct ? this.buttons(first.session) : [];
        for (const button of buttons) {
            button.removeAttribute("tabindex");
        }
        const dialog = show("Session", [body], buttons);
        dialog.addEventListener("close", () => {
            this.details = null;
        });
        this.details = fill;
    }
}

function facts(list: HTMLElement, record: FtpSession): void {
    const { transfer } = record;
    const rows: [string, Node | string][] = [
        ["User", record.user === null ? "not logged in" : name(record.user)],
        ["Address", name(record.address)],
        ["Encrypted", record.tls ? "yes, TLS" : "no"],
        ["Since", `${when(record.since)} (${distance(record.since)})`],
        ["Directory", record.directory === null ? "–" : name(record.directory)],
        ["Session", name(record.session)],
    ];
    if (transfer === null) {
        rows.push(["Idle", duration(idleSeconds(record))]);
    } else {
        rows.push(
            ["Transfer", transfer.verb],
            ["Path", name(transfer.path)],
            ["Done", progressText(transfer)],
            ["Rate", rate(transfer.bytes_per_second)],
            ["Way", transfer.reason === null ? (transfer.way ?? "–") : `${transfer.way}: ${transfer.reason}`],
        );
        if (transfer.reason !== null && transfer.way !== "zero-copy") {
            rows.push(["Why", whyStreamed(transfer.reason)]);
        }
    }
    list.replaceChildren(...rows.flatMap(([term, value]) => [h("dt", {}, term), h("dd", {}, value)]));
}
