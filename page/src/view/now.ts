// What the server does now: its totals, why bytes are streamed, how that was in the last day, and all sessions.
import type { App, Page } from "../core/app";
import { attribute, h, name, setText } from "../core/dom";
import { count, percent, rate } from "../core/format";
import type { StreamedBy, Totals, View } from "../core/types";
import { direction, whyStreamed } from "../core/words";
import { HistoryChart } from "./history";
import { Sessions } from "./sessions";

/** A number with its name, and a line that says more about it. */
function tile(title: string): { element: HTMLElement; value: HTMLElement; more: HTMLElement } {
    const value = h("dd", { class: "value" }, "–");
    const more = h("dd", { class: "more" });
    return { element: h("div", { class: "tile" }, h("dt", {}, title), value, more), value, more };
}

export class NowPage implements Page {
    readonly name = "now";
    readonly title = "Now";
    readonly element: HTMLElement;
    readonly filter: HTMLInputElement;
    private readonly sessions: Sessions;
    private readonly chart: HistoryChart | null;
    private readonly session = tile("Sessions");
    private readonly transfer = tile("Transfers");
    private readonly out = tile("Out");
    private readonly into = tile("In");
    private readonly share = tile("Zero-copy");
    private readonly logins = tile("Log-ins since the start");
    private readonly reasons = h("ul", { class: "reasons" });
    private readonly noReason = h("p", { class: "muted" }, "Nothing is streamed right now.");

    constructor(app: App) {
        this.sessions = new Sessions(app);
        this.chart = app.seesAll ? new HistoryChart(app) : null;
        this.filter = this.sessions.filter;
        const tiles = [this.session, this.transfer, this.out, this.into, this.share];
        if (app.seesAll) {
            tiles.push(this.logins);
        }
        this.element = h(
            "div",
            { class: "page now" },
            h("dl", { class: "tiles", "aria-label": "Totals" }, ...tiles.map((each) => each.element)),
            // First what answers who uses the bandwidth, and by which way.
            this.sessions.element,
            h(
                "div",
                { class: "halves" },
                this.chart?.element,
                h(
                    "section",
                    { class: "card", "aria-labelledby": "reasons-title" },
                    h("h2", { id: "reasons-title" }, "Why not zero-copy"),
                    this.noReason,
                    this.reasons,
                ),
            ),
        );
        app.stream.on("totals", (totals) => this.show(totals));
    }

    view(): View {
        return { view: "now", sessions: this.sessions.view() };
    }

    shown(): void {
        this.sessions.draw();
        this.chart?.resize();
    }

    private show(totals: Totals): void {
        const { rates } = totals;
        setText(this.session.value, count(totals.sessions));
        setText(
            this.session.more,
            totals.before_login ? `${count(totals.before_login)} before log-in` : "all logged in",
        );
        setText(this.transfer.value, count(totals.transfers));
        setText(
            this.transfer.more,
            totals.transfers === 0
                ? "none runs"
                : `↓ ${count(totals.transfers - totals.uploads)} out, ↑ ${count(totals.uploads)} in`,
        );
        const out = rates.download_zero_copy + rates.download_streamed;
        setText(this.out.value, rate(out));
        setText(this.out.more, `⚡ ${rate(rates.download_zero_copy)}, ⇄ ${rate(rates.download_streamed)}`);
        setText(this.into.value, rate(rates.upload));
        setText(this.into.more, "uploads, always streamed");
        setText(this.share.value, out === 0 ? "–" : `${count(percent(rates.download_zero_copy, out))} %`);
        setText(this.share.more, "of the bytes that go out");
        if (totals.logins !== undefined) {
            setText(this.logins.value, count(totals.logins));
            setText(
                this.logins.more,
                `${count(totals.failed_logins ?? 0)} failed, ${count(totals.refused ?? 0)} refused, ${count(totals.bans ?? 0)} banned`,
            );
        }
        this.showReasons(totals.reasons);
    }

    private showReasons(all: StreamedBy[]): void {
        const sorted = [...all].sort((a, b) => b.bytes_per_second - a.bytes_per_second);
        const most = sorted[0]?.bytes_per_second ?? 0;
        attribute(this.noReason, "hidden", sorted.length > 0);
        this.reasons.replaceChildren(
            ...sorted.map((each) => {
                const [arrow, word] = direction(each.direction);
                const bar = h("progress", { max: "100", "aria-label": `Rate of ${each.reason}` });
                bar.value = percent(each.bytes_per_second, most);
                return h(
                    "li",
                    {},
                    h(
                        "span",
                        { class: "reason-line" },
                        h("strong", {}, `${arrow} `, name(each.reason)),
                        h("span", { class: "muted" }, ` ${word}`),
                        h("span", { class: "rate" }, rate(each.bytes_per_second)),
                    ),
                    bar,
                    h("span", { class: "muted" }, whyStreamed(each.reason)),
                );
            }),
        );
    }
}
