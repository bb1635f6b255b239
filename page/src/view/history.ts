// The chart of the last day, with the same as a table for those who can't see it.
import uPlot from "uplot";
import { api } from "../core/api";
import type { App } from "../core/app";
import { attribute, field, h, options, setText } from "../core/dom";
import { count, duration, rate, when } from "../core/format";
import { type Line, PICTURES, type Picture, Series } from "./series";

const SPANS: [value: string, text: string][] = [
    ["3600", "last hour"],
    ["21600", "last 6 hours"],
    ["86400", "last day"],
];

/** Lines differ by dashes as well as by colour. */
const DASHES = [[], [8, 4], [2, 3], [10, 3, 2, 3], [14, 4], [4, 8]];

const HEIGHT = 200;

/** Rows of the table: the span in equal pieces. */
const ROWS = 12;

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });

export class HistoryChart {
    readonly element: HTMLElement;
    private readonly series = new Series();
    private readonly picture = options(
        h("select"),
        Object.entries(PICTURES).map(([value, { title }]) => [value, title]),
    );
    private readonly span = options(h("select"), SPANS);
    private readonly drawing = h("div", { class: "chart", role: "img" });
    private readonly legend = h("ul", { class: "legend" });
    private readonly table = h("div", { class: "chart-table", hidden: true });
    private readonly tableButton = h("button", { type: "button", "aria-expanded": "false" }, "As a table");
    private readonly reach = h("span", { class: "reach" });
    private plot: uPlot | null = null;

    constructor(app: App) {
        this.element = h(
            "section",
            { class: "card history", "aria-labelledby": "history-title" },
            h("h2", { id: "history-title" }, "The last day"),
            h("div", { class: "toolbar" }, field("Show", this.picture), field("Of the", this.span), this.tableButton),
            this.drawing,
            this.legend,
            this.table,
            h(
                "p",
                { class: "muted" },
                this.reach,
                " What is older is Prometheus' job: it reads ",
                h("a", { href: "metrics", rel: "noreferrer" }, "metrics"),
                ".",
            ),
        );
        this.picture.addEventListener("change", () => this.draw());
        this.span.addEventListener("change", () => this.draw());
        this.tableButton.addEventListener("click", () => {
            const isShown = this.table.hidden;
            attribute(this.table, "hidden", !isShown);
            attribute(this.tableButton, "aria-expanded", String(isShown));
            this.draw();
        });
        app.stream.on("hello", () => void this.load());
        app.stream.on("sample", (sample) => {
            this.series.append(sample);
            this.draw();
        });
        new ResizeObserver(() => this.resize()).observe(this.drawing);
        matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
        document.addEventListener("themechange", () => this.draw());
    }

    private async load(): Promise<void> {
        try {
            const history = await api.history();
            this.series.reset(history);
            const kept = `Numbers are kept for ${duration(history.kept_seconds)}`;
            const { first } = this.series;
            setText(this.reach, first === null ? `${kept}.` : `${kept}; the oldest are of ${when(first)}.`);
            this.draw();
        } catch {
            // The stream goes on without it, and says if the server is gone.
        }
    }

    resize(): void {
        const width = this.drawing.clientWidth;
        if (width > 0 && this.plot === null) {
            this.draw();
        } else if (width > 0 && this.plot !== null && this.plot.width !== width) {
            this.plot.setSize({ width, height: HEIGHT });
        }
    }

    private draw(): void {
        const picture = this.picture.value as Picture;
        const lines = this.series.lines(picture);
        const first = this.series.since(Number(this.span.value));
        const time = this.series.time.slice(first);
        const shown = lines.map((line) => ({ ...line, values: line.values.slice(first) }));
        const text = PICTURES[picture].isRate ? rate : count;
        this.plot?.destroy();
        this.plot = null;
        attribute(this.drawing, "aria-label", summary(PICTURES[picture].title, shown, text));
        // The server sends the whole span, with nothing where it wasn't there yet.
        const isNothing = shown.every((line) => line.values.every((value) => value === null));
        if (isNothing) {
            setText(
                this.drawing,
                lines.length > 0 || time.length === 0
                    ? "The first points come within a minute of the start."
                    : "Nothing was streamed.",
            );
            this.legend.replaceChildren();
            return;
        }
        this.drawing.replaceChildren();
        if (this.drawing.clientWidth > 0) {
            this.plot = this.newPlot(time, shown, PICTURES[picture].isRate);
        }
        this.showLegend(shown, text);
        if (!this.table.hidden) {
            this.table.replaceChildren(table(time, shown, text));
        }
    }

    private newPlot(time: number[], lines: Line[], isRate: boolean): uPlot {
        const muted = this.color("muted");
        const grid = { stroke: this.color("line"), width: 1 };
        return new uPlot(
            {
                width: this.drawing.clientWidth,
                height: HEIGHT,
                legend: { show: false },
                cursor: { show: false },
                scales: { y: { range: (_, __, most) => [0, Math.max(most, isRate ? 1024 : 5) * 1.05] } },
                axes: [
                    {
                        stroke: muted,
                        grid,
                        ticks: grid,
                        space: 70,
                        values: (_, all) => all.map((value) => clock.format(new Date(value * 1000))),
                    },
                    {
                        stroke: muted,
                        grid,
                        ticks: grid,
                        size: 76,
                        values: (_, all) => all.map((value) => (isRate ? rate(value) : count(value))),
                        ...(isRate ? { incrs: POWERS } : {}),
                    },
                ],
                series: [
                    {},
                    ...lines.map((line, at) => ({
                        label: line.label,
                        stroke: this.color(`series-${at % 6}`),
                        width: 2,
                        dash: DASHES[at % DASHES.length] ?? [],
                        points: { show: false },
                    })),
                ],
            },
            [time, ...lines.map((line) => line.values)],
            this.drawing,
        );
    }

    /** What a colour of the style sheet is in the theme of now: a canvas has to be told. */
    private color(name: string): string {
        const probe = h("span", { class: `color-${name}`, hidden: true });
        this.element.append(probe);
        const color = getComputedStyle(probe).color;
        probe.remove();
        return color;
    }

    private showLegend(lines: Line[], text: (value: number) => string): void {
        this.legend.replaceChildren(
            ...lines.map((line, at) =>
                h(
                    "li",
                    {},
                    h("span", { class: `stroke color-series-${at % 6} dash-${at % 6}`, "aria-hidden": "true" }),
                    `${line.label}: ${text(last(line))}, most ${text(most(line))}`,
                ),
            ),
        );
    }
}

/** Steps of the axis that are round in bytes: 1, 2 and 5 times each power of 1,024, and a few between. */
const POWERS = [0, 1, 2, 3, 4].flatMap((power) =>
    [1, 2, 5, 10, 20, 50, 100, 200, 500].map((each) => each * 1024 ** power),
);

function last(line: Line): number {
    return line.values.at(-1) ?? 0;
}

function most(line: Line): number {
    return line.values.reduce<number>((most, each) => Math.max(most, each ?? 0), 0);
}

function summary(title: string, lines: Line[], text: (value: number) => string): string {
    const parts = lines.map((line) => `${line.label} now ${text(last(line))}, most ${text(most(line))}`);
    return `${title}: ${parts.join("; ") || "nothing yet"}`;
}

/** The highest of each piece of the span. */
function table(time: number[], lines: Line[], text: (value: number) => string): HTMLElement {
    const step = Math.max(1, Math.ceil(time.length / ROWS));
    const rows: HTMLElement[] = [];
    for (let from = 0; from < time.length; from += step) {
        rows.push(
            h(
                "tr",
                {},
                h("th", { scope: "row" }, clock.format(new Date((time[from] ?? 0) * 1000))),
                ...lines.map((line) =>
                    h("td", {}, text(most({ label: line.label, values: line.values.slice(from, from + step) }))),
                ),
            ),
        );
    }
    return h(
        "table",
        {},
        h("caption", {}, "The highest value from each time on"),
        h(
            "thead",
            {},
            h(
                "tr",
                {},
                h("th", { scope: "col" }, "From"),
                ...lines.map((line) => h("th", { scope: "col" }, line.label)),
            ),
        ),
        h("tbody", {}, ...rows),
    );
}
