// The server's log as it is written.
import type { App, Page } from "../core/app";
import { attribute, field, h, later, name, options, setText } from "../core/dom";
import { count, time, when } from "../core/format";
import type { LogEvent, LogLine, View } from "../core/types";

/** The most lines shown. */
const MOST = 1000;

/** How near to its end the list follows it, in pixels. */
const NEAR = 40;

const LEVELS = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR"];

export class LogPage implements Page {
    readonly name = "log";
    readonly title = "Log";
    readonly element: HTMLElement;
    readonly filter = h("input", {
        type: "search",
        maxlength: "200",
        spellcheck: "false",
        placeholder: "a part of the line",
    });
    private readonly level = options(
        h("select"),
        LEVELS.map((each): [string, string] => [each, each]),
    );
    private readonly pauseButton = h("button", { type: "button", "aria-pressed": "false" }, "Pause");
    private readonly counted = h("p", { class: "counted" });
    private readonly empty = h("p", { class: "empty" });
    private readonly list = h("ol", { class: "log-lines" });
    // It would chatter: who listens to the page reads it line by line instead.
    private readonly scroller = h(
        "div",
        { class: "log", role: "log", "aria-live": "off", "aria-label": "Lines of the log", tabindex: "0" },
        this.list,
    );
    private isPaused = false;
    /** Whether the server has begun to pass lines on since the page was chosen. */
    private isBegun = false;
    private missed = 0;

    constructor(private readonly app: App) {
        this.level.value = "INFO";
        this.element = h(
            "section",
            { class: "page card log-page", "aria-labelledby": "log-title" },
            h("h2", { id: "log-title" }, "Log"),
            h(
                "div",
                { class: "toolbar" },
                field("Filter", this.filter),
                field("Least level", this.level),
                this.pauseButton,
                this.counted,
            ),
            this.empty,
            this.scroller,
        );
        this.filter.addEventListener(
            "input",
            later(250, () => app.refresh()),
        );
        this.level.addEventListener("change", () => app.refresh());
        this.pauseButton.addEventListener("click", () => this.pause());
        app.stream.on("log", (event) => this.receive(event));
        this.update();
    }

    view(): View {
        return { view: "log", log: { level: this.level.value, filter: this.filter.value } };
    }

    shown(): void {
        this.isBegun = false;
        this.update();
        this.scroller.scrollTop = this.scroller.scrollHeight;
    }

    pause(): void {
        this.isPaused = !this.isPaused;
        attribute(this.pauseButton, "aria-pressed", String(this.isPaused));
        setText(this.pauseButton, this.isPaused ? "Go on" : "Pause");
        if (!this.isPaused) {
            this.missed = 0;
            this.app.refresh();
        }
        this.update();
    }

    private receive(event: LogEvent): void {
        this.isBegun = true;
        if (this.isPaused) {
            this.missed += event.lines.length + event.left_out;
            this.update();
            return;
        }
        const { scroller } = this;
        const follows = scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - NEAR;
        const lines = event.lines.map(line);
        if (event.left_out > 0 && !event.reset) {
            lines.unshift(
                h(
                    "li",
                    { class: "muted" },
                    `… ${count(event.left_out)} lines more than can be shown; the log file has them`,
                ),
            );
        }
        if (event.reset) {
            this.list.replaceChildren(...lines);
        } else {
            this.list.append(...lines);
        }
        while (this.list.childElementCount > MOST) {
            this.list.firstElementChild?.remove();
        }
        this.update();
        if (follows || event.reset) {
            scroller.scrollTop = scroller.scrollHeight;
        }
    }

    private update(): void {
        const lines = this.list.childElementCount;
        attribute(this.empty, "hidden", lines > 0);
        attribute(this.scroller, "hidden", lines === 0);
        setText(
            this.empty,
            this.filter.value === ""
                ? "No line of this level was written since the log is shown here; earlier ones are in the log file. Choose a lower level to see more."
                : "No line matches. Clear the filter to see all.",
        );
        const state = this.isBegun ? `${count(lines)} ${lines === 1 ? "line" : "lines"}` : "waiting for the server …";
        setText(this.counted, this.isPaused ? `paused, ${count(this.missed)} more since` : state);
    }
}

function line(each: LogLine): HTMLElement {
    const isBad = each.level === "WARN" || each.level === "ERROR";
    return h(
        "li",
        { class: isBad ? each.level.toLowerCase() : "" },
        h("span", { class: "time", title: when(each.time) }, time(each.time)),
        " ",
        h("span", { class: "level" }, each.level),
        " ",
        name(each.text),
        " ",
        h("span", { class: "muted" }, name(each.logger)),
    );
}
