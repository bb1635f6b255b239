// Numbers, sizes and times as people read them, in their language and time zone.

const UNITS = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

const whole = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
const three = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 3 });
const dateTime = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });
const timeOnly = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });

/** The viewer's time zone, as the footer names it. */
export const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** How far the server's clock is before this one, in milliseconds: what is counted from "now" is counted on the server's clock. */
let ahead = 0;

export function setServerTime(iso: string): void {
    ahead = Date.parse(iso) - Date.now();
}

export function serverNow(): number {
    return Date.now() + ahead;
}

export function count(value: number): string {
    return whole.format(value);
}

export function bytes(value: number): string {
    let amount = value;
    let unit = 0;
    while (amount >= 1023.5 && unit < UNITS.length - 1) {
        amount /= 1024;
        unit += 1;
    }
    return `${unit === 0 || amount >= 999.5 ? whole.format(amount) : three.format(amount)} ${UNITS[unit]}`;
}

export function rate(bytesPerSecond: number): string {
    return `${bytes(bytesPerSecond)}/s`;
}

export function percent(part: number, of: number): number {
    return of <= 0 ? 0 : Math.min(100, (100 * part) / of);
}

/** Seconds as one or two units: "45 s", "3 min 20 s", "2 h 5 min", "3 d 4 h". */
export function duration(seconds: number): string {
    const s = Math.max(0, Math.round(seconds));
    if (s < 60) {
        return `${s} s`;
    }
    const [large, small, a, b] =
        s < 3600
            ? [Math.floor(s / 60), s % 60, "min", "s"]
            : s < 86400
              ? [Math.floor(s / 3600), Math.floor((s % 3600) / 60), "h", "min"]
              : [Math.floor(s / 86400), Math.floor((s % 86400) / 3600), "d", "h"];
    return small === 0 ? `${large} ${a}` : `${large} ${a} ${small} ${b}`;
}

/** Short durations of transfers keep their fractions. */
export function seconds(value: number): string {
    return value < 60 ? `${three.format(value)} s` : duration(value);
}

/** Date and time. */
export function when(iso: string): string {
    return dateTime.format(new Date(iso));
}

/** The time alone where it was today. */
export function time(iso: string): string {
    const date = new Date(iso);
    return date.toDateString() === new Date().toDateString() ? timeOnly.format(date) : dateTime.format(date);
}

/** "in 5 min", "3 h ago". */
export function distance(iso: string): string {
    const apart = (Date.parse(iso) - serverNow()) / 1000;
    return apart >= 0 ? `in ${duration(apart)}` : `${duration(-apart)} ago`;
}
