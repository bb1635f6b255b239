// Banned addresses: why, until when; to lift, and to add.
import type { App, Page } from "../core/app";
import { attribute, field, h, name, setText } from "../core/dom";
import { count, distance, when } from "../core/format";
import type { Ban, BansEvent, View } from "../core/types";
import { part } from "../table/row";
import { askToBan, askToLift, askToLiftAny } from "./acts";

const BY: Record<string, string> = { operator: "an operator", guesses: "the server, for wrong passwords" };

export class BansPage implements Page {
    readonly name = "bans";
    readonly title = "Bans";
    readonly element: HTMLElement;
    readonly filter = h("input", {
        type: "search",
        maxlength: "200",
        spellcheck: "false",
        placeholder: "address or reason",
    });
    private readonly counted = h("p", { class: "counted" });
    private readonly empty = h("p", { class: "empty" });
    private readonly body = h("tbody");
    private readonly table: HTMLElement;
    private readonly rows = new Map<string, HTMLElement>();
    private event: BansEvent = { total: 0, rows: [] };

    constructor(private readonly app: App) {
        const titles = ["Address", "By", "Until", "Why", ...(app.mayBan ? ["Act"] : [])];
        this.table = h(
            "table",
            { class: "list" },
            h("caption", { class: "unseen" }, "Banned addresses"),
            h("thead", {}, h("tr", {}, ...titles.map((title) => h("th", { scope: "col" }, title)))),
            this.body,
        );
        this.element = h(
            "section",
            { class: "page card", "aria-labelledby": "bans-title" },
            h("h2", { id: "bans-title" }, "Bans"),
            h(
                "div",
                { class: "toolbar" },
                field("Filter", this.filter),
                app.mayBan && h("button", { type: "button", onclick: () => askToBan(app, "") }, "Ban an address…"),
                app.mayBan && h("button", { type: "button", onclick: () => askToLiftAny(app) }, "Lift an address…"),
                this.counted,
            ),
            this.empty,
            h("div", { class: "scroll" }, this.table),
        );
        this.filter.addEventListener("input", () => this.update());
        app.stream.on("bans", (event) => {
            this.event = event;
            this.update();
        });
        // "in 5 min" gets old by itself.
        setInterval(() => this.update(), 15_000);
    }

    view(): View {
        return { view: "bans" };
    }

    private update(): void {
        if (this.element.hidden) {
            return;
        }
        const wanted = this.filter.value.trim().toLowerCase();
        const { total, rows } = this.event;
        const matching = rows.filter((ban) => `${ban.address} ${ban.why ?? ""}`.toLowerCase().includes(wanted));
        setText(
            this.counted,
            total > rows.length ? `${count(rows.length)} of ${count(total)} bans` : `${count(total)} bans`,
        );
        attribute(this.empty, "hidden", matching.length > 0);
        attribute(this.table, "hidden", matching.length === 0);
        setText(
            this.empty,
            total === 0
                ? "No address is banned. The server bans by itself who guesses passwords; operators ban from a session's row, or by the button above."
                : total > rows.length
                  ? `None of the ${count(rows.length)} bans that are listed matches; there are more, which "Lift an address…" reaches.`
                  : "No ban matches. Clear the filter to see all.",
        );
        this.arrange(matching);
    }

    /** Rows that stay are not touched, so that none loses the focus. */
    private arrange(matching: Ban[]): void {
        const wanted = new Map(matching.map((ban) => [JSON.stringify(ban), ban]));
        const buttons = [...this.body.querySelectorAll("button")];
        const focused = buttons.findIndex((button) => button === document.activeElement);
        for (const [key, element] of this.rows) {
            if (!wanted.has(key)) {
                element.remove();
                this.rows.delete(key);
            }
        }
        let at = 0;
        for (const [key, ban] of wanted) {
            const row = this.rows.get(key) ?? this.row(ban);
            this.rows.set(key, row);
            if (this.body.children[at] !== row) {
                this.body.insertBefore(row, this.body.children[at] ?? null);
            }
            at += 1;
            if (ban.until !== null) {
                setText(part(row, "distance"), distance(ban.until));
            }
        }
        if (focused >= 0 && !buttons[focused]?.isConnected) {
            const left = [...this.body.querySelectorAll("button")];
            (left[Math.min(focused, left.length - 1)] ?? this.filter).focus();
        }
    }

    private row(ban: Ban): HTMLElement {
        return h(
            "tr",
            {},
            h("td", {}, name(ban.address)),
            h("td", {}, BY[ban.by] ?? name(ban.by)),
            ban.until === null
                ? h("td", {}, "it is lifted")
                : h("td", { title: when(ban.until) }, when(ban.until), h("span", { class: "muted block distance" })),
            h("td", {}, ban.why === null ? "not kept: made by an older version" : name(ban.why)),
            this.app.mayBan &&
                h(
                    "td",
                    {},
                    h(
                        "button",
                        {
                            type: "button",
                            class: "small",
                            onclick: () => askToLift(this.app, ban.address),
                        },
                        "Lift",
                        h("span", { class: "unseen" }, " the ban of ", name(ban.address)),
                    ),
                ),
        );
    }
}
