// The last day as columns of numbers: what a chart draws.
import type { History, Sample } from "../core/types";

export type Column = (number | null)[];

/** One line of a chart. */
export interface Line {
    label: string;
    values: Column;
}

/** The pictures that there are. */
export const PICTURES = {
    throughput: { title: "Throughput", isRate: true },
    sessions: { title: "Sessions and transfers", isRate: false },
    logins: { title: "Log-ins and refusals a minute", isRate: false },
    reasons: { title: "Streamed downloads, by reason", isRate: true },
} as const;

export type Picture = keyof typeof PICTURES;

const NUMBERS = [
    "sessions",
    "transfers",
    "download_zero_copy",
    "download_streamed",
    "upload",
    "logins",
    "failed_logins",
    "refused",
] as const;

/** Counted since the point before. Points of a history and samples are differently far apart, so they are drawn per minute. */
const SUMS: ReadonlySet<string> = new Set(["logins", "failed_logins", "refused"]);

/** Of a sample, in seconds. */
const SAMPLE = 10;

function drawn(column: string, value: number | null, seconds: number): number | null {
    return value === null || !SUMS.has(column) ? value : (value * 60) / seconds;
}

/** The most points kept: a day's history and a day of samples. */
const MOST = 20_000;

export class Series {
    time: number[] = [];
    private columns = new Map<string, Column>();
    private reasons = new Map<string, Column>();

    reset(history: History): void {
        this.time = [...history.time];
        const seconds = history.step_seconds;
        this.columns = new Map(
            NUMBERS.map((each) => [each, history[each].map((value) => drawn(each, value, seconds))]),
        );
        this.reasons = new Map(Object.entries(history.reasons).map(([reason, values]) => [reason, [...values]]));
    }

    append(sample: Sample): void {
        if (sample.time <= (this.time.at(-1) ?? 0) || this.columns.size === 0) {
            return;
        }
        const length = this.time.length;
        this.time.push(sample.time);
        for (const each of NUMBERS) {
            this.columns.get(each)?.push(drawn(each, sample[each], SAMPLE));
        }
        for (const reason of Object.keys(sample.reasons)) {
            if (!this.reasons.has(reason)) {
                this.reasons.set(reason, new Array<number | null>(length).fill(0));
            }
        }
        for (const [reason, values] of this.reasons) {
            values.push(sample.reasons[reason] ?? 0);
        }
        if (length > MOST) {
            this.time.shift();
            for (const values of [...this.columns.values(), ...this.reasons.values()]) {
                values.shift();
            }
        }
    }

    /** When the first number was taken that there is; null if there is none. */
    get first(): string | null {
        const at = this.columns.get("sessions")?.findIndex((each) => each !== null) ?? -1;
        const time = this.time[at];
        return time === undefined ? null : new Date(time * 1000).toISOString();
    }

    private line(label: string, column: string): Line {
        return { label, values: this.columns.get(column) ?? [] };
    }

    lines(picture: Picture): Line[] {
        switch (picture) {
            case "throughput":
                return [
                    this.line("out, zero-copy", "download_zero_copy"),
                    this.line("out, streamed", "download_streamed"),
                    this.line("in", "upload"),
                ];
            case "sessions":
                return [this.line("sessions", "sessions"), this.line("transfers", "transfers")];
            case "logins":
                return [
                    this.line("log-ins", "logins"),
                    this.line("failed log-ins", "failed_logins"),
                    this.line("refused", "refused"),
                ];
            case "reasons":
                return [...this.reasons].map(([label, values]) => ({ label, values }));
        }
    }

    /** The place of the first point not older than that many seconds before the last one. */
    since(span: number): number {
        const from = (this.time.at(-1) ?? 0) - span;
        const first = this.time.findIndex((each) => each >= from);
        return Math.max(first, 0);
    }
}
