// How the server is: what is wrong and what to do about it, and how much of what it has is in use.
import type { App, Page } from "../core/app";
import { type Child, h, name } from "../core/dom";
import { bytes, count, distance, duration, percent, when } from "../core/format";
import type { Finding, HealthEvent, View } from "../core/types";

const SIGNS: Record<Finding["severity"], [className: string, text: string]> = {
    fine: ["badge good", "✓ fine"],
    doubtful: ["badge warn", "▲ doubtful"],
    wrong: ["badge bad", "✗ wrong"],
};

export class HealthPage implements Page {
    readonly name = "health";
    readonly title = "Health";
    readonly element: HTMLElement;
    private readonly findings = h("ul", { class: "findings" });
    private readonly facts = h("div", { class: "tiles" });

    constructor(app: App) {
        this.element = h(
            "div",
            { class: "page" },
            h(
                "section",
                { class: "card", "aria-labelledby": "findings-title" },
                h("h2", { id: "findings-title" }, "What to do"),
                this.findings,
            ),
            h(
                "section",
                { class: "card", "aria-labelledby": "facts-title" },
                h("h2", { id: "facts-title" }, "What is in use"),
                this.facts,
            ),
        );
        app.stream.on("health", (event) => this.show(event));
    }

    view(): View {
        return { view: "health" };
    }

    private show(health: HealthEvent): void {
        this.findings.replaceChildren(...health.findings.map(finding));
        if (health.findings.length === 0) {
            this.findings.append(h("li", {}, "Nothing to do."));
        }
        const ports = health.passive_ports;
        const threads = Object.entries(health.threads);
        this.facts.replaceChildren(
            fact("State", [name(health.state)], `up ${duration(health.uptime_seconds)}`),
            fact(
                "Heap",
                [...bar("Heap in use", health.heap_bytes, health.heap_most), bytes(health.heap_bytes)],
                `of at most ${bytes(health.heap_most)}, garbage that isn't collected yet among it`,
            ),
            fact(
                "Passive ports",
                [...bar("Passive ports in use", ports.busy, ports.all ?? 0), count(ports.busy)],
                ports.all === null
                    ? "in use; the system picks them"
                    : `of ${count(ports.all)} in use. When none is left, transfers are refused: widen passive.ports`,
            ),
            fact(
                "Threads",
                [count(threads.reduce((sum, [, each]) => sum + each, 0))],
                `${threads.map(([kind, each]) => `${kind} ${count(each)}`).join(", ")}. Sessions and transfers share them: where they grow by the hour, ftpd trace and the log say what hangs`,
            ),
            fact(
                "Hook queue",
                [health.hook_queue === null ? "–" : count(health.hook_queue)],
                health.hook_queue === null
                    ? "no hooks are configured"
                    : "events that wait for your programs. Where it grows, they are too slow or fail: see the log",
            ),
            ...health.certificates.map((each) =>
                fact(
                    "Certificate",
                    [name(each.name || "default")],
                    `ends ${when(each.until)} (${distance(each.until)}); renewed files are read by themselves`,
                ),
            ),
            fact(
                "Last reload",
                [health.reload === null ? "none" : health.reload.ok ? "✓ worked" : "✗ failed"],
                health.reload === null
                    ? "since the start. ftpd reload reads the configuration again"
                    : h("span", {}, `${when(health.reload.time)}: `, name(health.reload.text)),
            ),
        );
    }
}

function finding(each: Finding): HTMLElement {
    const [className, text] = SIGNS[each.severity];
    return h(
        "li",
        {},
        h("span", { class: className }, text),
        h(
            "div",
            {},
            h("strong", {}, name(each.about)),
            " ",
            name(each.text),
            each.remedy !== null && h("p", { class: "remedy" }, "→ ", name(each.remedy)),
        ),
    );
}

function fact(title: string, value: Child[], more: string | HTMLElement): HTMLElement {
    return h(
        "div",
        { class: "tile" },
        h("h3", {}, title),
        h("div", { class: "value" }, ...value),
        h("div", { class: "more" }, more),
    );
}

/** How much is in use, and a sign where that is nearly all; nothing where there is no limit. */
function bar(label: string, part: number, of: number): Child[] {
    if (of <= 0) {
        return [];
    }
    const used = percent(part, of);
    const isNear = used >= 90;
    const progress = h("progress", { max: "100", "aria-label": label, class: isNear ? "near" : "fine" });
    progress.value = used;
    return [progress, isNear && "▲ "];
}
