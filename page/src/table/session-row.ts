// A row of the table of sessions: who, from where, what is being transferred, how fast, and by which way.
import { attribute, h, name, setName, setText } from "../core/dom";
import { bytes, duration, percent, rate, serverNow, when } from "../core/format";
import type { FtpSession, RunningTransfer } from "../core/types";
import { direction, directionOf, whyStreamed } from "../core/words";
import { type Column, cell, part, type RowKind } from "./row";

export const SESSION_COLUMNS: Column[] = [
    { title: "User", sort: "user", className: "c-user" },
    { title: "Address", sort: "address", className: "c-address" },
    { title: "Transfer, or directory", sort: "directory", className: "c-transfer" },
    { title: "Rate", sort: "rate", className: "c-rate" },
    { title: "Way", className: "c-way" },
    { title: "Idle", sort: "idle", className: "c-idle" },
    { title: "Since", sort: "since", className: "c-since" },
    { title: "Act", className: "c-act" },
];

/** When a record came, to count its idle seconds on. */
const received = new WeakMap<FtpSession, number>();

export function stamp(record: FtpSession): void {
    received.set(record, Date.now());
}

export function idleSeconds(record: FtpSession): number {
    return record.idle_seconds + (Date.now() - (received.get(record) ?? Date.now())) / 1000;
}

/** "3.2 MiB of 10 MiB (32 %)" */
export function progressText(transfer: RunningTransfer): string {
    if (transfer.size === null) {
        return bytes(transfer.bytes);
    }
    const done = Math.floor(percent(transfer.bytes, transfer.size));
    return `${bytes(transfer.bytes)} of ${bytes(transfer.size)} (${done} %)`;
}

/** What "zero-copy" or "streamed: TLS" is shown as: a shape and words, so that colour isn't needed. */
export function wayBadge(): HTMLElement {
    return h("span", { class: "badge" });
}

export function setWay(badge: HTMLElement, way: string | null, reason: string | null): void {
    attribute(badge, "hidden", way === null);
    const isZeroCopy = way === "zero-copy";
    badge.classList.toggle("good", isZeroCopy);
    badge.classList.toggle("plain", !isZeroCopy);
    setText(badge, isZeroCopy ? "⚡ zero-copy" : reason === null ? `⇄ ${way ?? ""}` : `⇄ ${way}: ${reason}`);
    attribute(badge, "title", reason === null || isZeroCopy ? undefined : whyStreamed(reason));
}

/** The user before a log-in is shown as what it is. */
export function setUser(element: HTMLElement, user: string | null): void {
    element.classList.toggle("none", user === null);
    setName(element, user ?? "not logged in");
}

/** @param acts makes the buttons of a row, from what finds its newest record; null for viewers */
export function sessionRows(acts: ((key: string) => HTMLElement[]) | null): RowKind<FtpSession> {
    return {
        key: (record) => record.session,
        make(record) {
            const row = h("div", { class: "row", role: "row" });
            row.append(
                cell("c-user", name("", "user")),
                cell("c-address", name("", "address"), h("span", { class: "tls badge plain" }, "TLS")),
                cell(
                    "c-transfer",
                    h("span", { class: "path-line" }, h("span", { class: "verb" }), name("", "path")),
                    h(
                        "span",
                        { class: "bar-line" },
                        h("progress", { max: "100" }),
                        h("span", { class: "progress-text" }),
                    ),
                ),
                cell("c-rate", h("span", { class: "rate" })),
                cell("c-way", wayBadge()),
                cell("c-idle", h("span", { class: "idle" })),
                cell("c-since", h("span", { class: "since" })),
                cell("c-act", ...(acts === null ? [] : acts(record.session))),
            );
            return row;
        },
        update(row, record) {
            setUser(part(row, "user"), record.user);
            setName(part(row, "address"), record.address);
            attribute(part(row, "tls"), "hidden", !record.tls);
            updateTransfer(row, record);
            const idle = idleSeconds(record);
            setText(part(row, "idle"), record.transfer !== null || idle < 5 ? "" : duration(idle));
            const age = (serverNow() - Date.parse(record.since)) / 1000;
            setText(part(row, "since"), age < 60 ? "just now" : duration(age - (age % 60)));
            attribute(part(row, "since"), "title", when(record.since));
        },
    };
}

function updateTransfer(row: HTMLElement, record: FtpSession): void {
    const { transfer } = record;
    row.classList.toggle("busy", transfer !== null);
    const bar = part(row, "bar-line");
    attribute(bar, "hidden", transfer === null);
    const verb = part(row, "verb");
    setWay(part(row, "c-way").firstElementChild as HTMLElement, transfer?.way ?? null, transfer?.reason ?? null);
    setText(part(row, "rate"), transfer === null ? "" : rate(transfer.bytes_per_second));
    if (transfer === null) {
        setText(verb, "");
        setName(part(row, "path"), record.directory ?? "");
        return;
    }
    const [arrow, word] = direction(directionOf(transfer.verb));
    setText(verb, `${arrow} ${transfer.verb}`);
    attribute(verb, "title", word);
    setName(part(row, "path"), transfer.path);
    const progress = bar.firstElementChild as HTMLProgressElement;
    // Without a size there is nothing to be a part of: the bytes say how far it is.
    attribute(progress, "hidden", transfer.size === null);
    progress.value = transfer.size === null ? 0 : percent(transfer.bytes, transfer.size);
    attribute(progress, "aria-label", "Done");
    setText(part(row, "progress-text"), progressText(transfer));
}
