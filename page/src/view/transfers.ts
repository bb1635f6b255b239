// Transfers that ended: live, and those of the last day that the server still knows.
import { api } from "../core/api";
import { type App, type Page, sentence } from "../core/app";
import { attribute, field, h, hide, later, name, options, setText } from "../core/dom";
import { bytes, count, rate, seconds, time, when } from "../core/format";
import type { EndedTransfer, TransfersEvent, View } from "../core/types";
import { direction, OUTCOMES, REASON_NAMES, whyStreamed } from "../core/words";
import { setUser, setWay, wayBadge } from "../table/session-row";

/** The most rows shown; the server keeps no more either. */
const MOST = 5000;

/** Of the live tail, when no older ones were asked for. */
const MOST_LIVE = 500;

const STEP = 200;

export class TransfersPage implements Page {
    readonly name = "transfers";
    readonly title = "Transfers";
    readonly element: HTMLElement;
    private readonly user = h("input", { type: "search", maxlength: "200", spellcheck: "false" });
    readonly filter = h("input", { type: "search", maxlength: "200", spellcheck: "false" });
    private readonly outcome = options(h("select"), [
        ["", "any"],
        ["failed-any", "anything but completed"],
        ...OUTCOMES.map((each): [string, string] => [each, each]),
    ]);
    private readonly way = options(h("select"), [
        ["", "any"],
        ["zero-copy", "zero-copy"],
        ["streamed", "streamed"],
    ]);
    private readonly reason = options(h("select"), [
        ["", "any"],
        ...REASON_NAMES.filter((each) => each !== "listing").map((each): [string, string] => [each, each]),
    ]);
    private readonly direction = options(h("select"), [
        ["", "any"],
        ["download", "download"],
        ["upload", "upload"],
    ]);
    private readonly pauseButton = h("button", { type: "button", "aria-pressed": "false" }, "Pause");
    private readonly summary = h("p", { class: "counted" });
    private readonly body = h("tbody");
    private readonly empty = h("p", { class: "empty" });
    private readonly older = h("button", { type: "button" }, "Show older ones");
    private readonly trouble = h("p", { class: "error", role: "alert" });
    private readonly table: HTMLElement;
    private entries: EndedTransfer[] = [];
    private isPaused = false;
    private missed = 0;
    private generation = 0;
    /** What to ask older ones with, once some were asked for. */
    private next: string | null = null;
    private hasOlder = false;
    /** How far back the server knows any, once older ones were asked for. */
    private known = "";

    constructor(private readonly app: App) {
        this.table = h(
            "table",
            { class: "list transfers" },
            h("caption", { class: "unseen" }, "Transfers, the newest first"),
            h("thead", {}, h("tr", {}, ...["Time", "User", "Path", "Size", "Way", "Outcome"].map(heading))),
            this.body,
        );
        this.element = h(
            "section",
            { class: "page card", "aria-labelledby": "transfers-title" },
            h("h2", { id: "transfers-title" }, "Transfers that ended"),
            h(
                "div",
                { class: "toolbar" },
                field("User", this.user),
                field("Path", this.filter),
                field("Outcome", this.outcome),
                field("Way", this.way),
                field("Streamed because of", this.reason),
                field("Direction", this.direction),
                this.pauseButton,
            ),
            this.summary,
            this.empty,
            h("div", { class: "scroll" }, this.table),
            this.trouble,
            this.older,
        );
        const typed = later(250, () => this.restart());
        for (const input of [this.user, this.filter]) {
            input.addEventListener("input", typed);
        }
        for (const select of [this.outcome, this.way, this.reason, this.direction]) {
            select.addEventListener("change", () => this.restart());
        }
        this.pauseButton.addEventListener("click", () => this.pause());
        this.older.addEventListener("click", () => void this.showOlder());
        app.stream.on("transfers", (event) => this.receive(event));
        this.update();
    }

    private query(): Record<string, string> {
        const all = {
            user: this.user.value.trim(),
            path: this.filter.value,
            outcome: this.outcome.value,
            way: this.way.value,
            reason: this.reason.value,
            direction: this.direction.value,
        };
        return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ""));
    }

    view(): View {
        return { view: "transfers", transfers: this.query() };
    }

    pause(): void {
        this.isPaused = !this.isPaused;
        attribute(this.pauseButton, "aria-pressed", String(this.isPaused));
        setText(this.pauseButton, this.isPaused ? "Go on" : "Pause");
        if (!this.isPaused) {
            this.restart();
        } else {
            this.update();
        }
    }

    /** Another filter: the server sends the newest that match it. */
    private restart(): void {
        this.generation += 1;
        this.missed = 0;
        this.app.refresh();
    }

    private receive(event: TransfersEvent): void {
        if (this.isPaused) {
            this.missed += event.entries.length + event.left_out;
            this.update();
            return;
        }
        const newest = [...event.entries].reverse();
        // Where more ended at once than are told, what was shown before has a gap to them.
        if (event.reset || event.left_out > 0) {
            this.generation += 1;
            this.entries = newest;
            this.next = null;
            this.hasOlder = event.left_out > 0 || newest.length >= 100;
            this.body.replaceChildren(...newest.map(row));
        } else {
            this.entries = [...newest, ...this.entries];
            this.body.prepend(...newest.map(row));
            this.cut(this.next === null ? MOST_LIVE : MOST);
        }
        this.update();
    }

    private cut(limit: number): void {
        while (this.entries.length > limit) {
            this.entries.pop();
            this.body.lastElementChild?.remove();
            this.hasOlder = true;
        }
    }

    private async showOlder(): Promise<void> {
        const { generation } = this;
        const known = new Set(this.entries.map(key));
        const isFocused = document.activeElement === this.older;
        this.older.disabled = true;
        setText(this.trouble, "");
        try {
            let added: EndedTransfer[] = [];
            // The first answers have what is shown already.
            do {
                const before = this.next === null ? {} : { before: this.next };
                const answer = await api.transfers({ ...this.query(), ...before, limit: STEP });
                if (generation !== this.generation) {
                    return;
                }
                added = answer.entries.filter((each) => !known.has(key(each)));
                this.next = answer.next;
                this.known =
                    answer.oldest === null
                        ? ""
                        : `; the server knows ${count(answer.kept)}, since ${when(answer.oldest)}`;
            } while (added.length === 0 && this.next !== null);
            this.entries.push(...added);
            this.body.append(...added.map(row));
            this.hasOlder = this.next !== null && this.entries.length < MOST;
            this.update();
        } catch (error) {
            setText(this.trouble, sentence(error));
        } finally {
            this.older.disabled = false;
            if (isFocused) {
                // It lost the focus while it was disabled.
                (this.older.hidden ? this.pauseButton : this.older).focus({ preventScroll: true });
            }
        }
    }

    private update(): void {
        const isEmpty = this.entries.length === 0;
        const isFiltered = Object.keys(this.query()).length > 0;
        attribute(this.empty, "hidden", !isEmpty);
        attribute(this.table, "hidden", isEmpty);
        hide(this.older, !this.hasOlder, this.pauseButton);
        setText(
            this.empty,
            isFiltered
                ? "No transfer matches of those that the server still knows: of the last day, some thousands at most. Clear a filter to see more."
                : "No transfer has ended yet since the server started. They show up here as they end; those that run are on the page Now.",
        );
        const streamed = new Map<string, number>();
        for (const entry of this.entries) {
            if (entry.way === "streamed" && entry.reason !== null) {
                streamed.set(entry.reason, (streamed.get(entry.reason) ?? 0) + 1);
            }
        }
        const reasons = [...streamed]
            .sort(([, a], [, b]) => b - a)
            .map(([reason, times]) => `${reason} ${count(times)}`)
            .join(", ");
        setText(
            this.summary,
            isEmpty
                ? ""
                : `${count(this.entries.length)} shown${this.known}${reasons === "" ? "" : `; streamed because of: ${reasons}`}${
                      this.isPaused ? `; paused, ${count(this.missed)} more since` : ""
                  }`,
        );
    }
}

/** What no two transfers have in common. */
function key(entry: EndedTransfer): string {
    return [entry.time, entry.session, entry.verb, entry.path].join("\n");
}

function heading(text: string): HTMLElement {
    return h("th", { scope: "col" }, text);
}

function row(entry: EndedTransfer): HTMLElement {
    const [arrow, word] = direction(entry.direction);
    const user = name("", "user");
    setUser(user, entry.user);
    const badge = wayBadge();
    setWay(badge, entry.way, entry.reason);
    const isGood = entry.outcome === "completed";
    return h(
        "tr",
        {},
        h("td", { class: "time", title: when(entry.time) }, time(entry.time)),
        h("td", {}, user, h("span", { class: "muted block" }, name(entry.address), entry.tls && ", TLS")),
        h("td", { class: "path" }, h("span", { class: "verb" }, `${arrow} ${entry.verb ?? word}`), name(entry.path)),
        h(
            "td",
            { class: "number" },
            entry.bytes === null ? "–" : bytes(entry.bytes),
            h("span", { class: "muted block" }, speed(entry)),
        ),
        h(
            "td",
            {},
            badge,
            // Of uploads, it would be in each row: there is no other way for them.
            entry.way === "streamed" &&
                entry.reason !== null &&
                entry.reason !== "upload" &&
                h("span", { class: "muted block" }, whyStreamed(entry.reason)),
        ),
        h(
            "td",
            {},
            h("span", { class: isGood ? "badge good" : "badge bad" }, `${isGood ? "✓" : "✗"} ${entry.outcome}`),
            entry.detail !== null && h("span", { class: "muted block" }, name(entry.detail)),
        ),
    );
}

function speed(entry: EndedTransfer): string {
    if (entry.seconds === null) {
        return "";
    }
    const took = seconds(entry.seconds);
    return entry.bytes === null || entry.seconds <= 0 ? took : `${took}, ${rate(entry.bytes / entry.seconds)}`;
}
