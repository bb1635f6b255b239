// What every part of the page may use.
import { api, type Done, Refusal } from "./api";
import { h, setText } from "./dom";
import { plain } from "./text";
import type { Stream } from "./stream";
import type { Session, View, ViewName } from "./types";

/** One of the pages: an element that is shown or not, and what it wants of the stream. */
export interface Page {
    readonly name: ViewName;
    readonly title: string;
    readonly element: HTMLElement;
    /** What to post as the view while it is shown. */
    view(): View;
    shown?(): void;
    /** Where "/" leads. */
    readonly filter?: HTMLInputElement;
    /** What "p" does. */
    pause?(): void;
}

/** The longest time that a message stays, in milliseconds. */
const MESSAGE = 8000;

export class App {
    /** Told to screen readers when they have time. */
    readonly messages = h("div", { class: "messages", role: "status", "aria-live": "polite" });
    private timer = 0;

    constructor(
        readonly stream: Stream,
        readonly me: Session,
        /** Posts the view of the page that is shown. */
        readonly refresh: () => void,
        readonly signedOut: (why: string) => void,
    ) {}

    get mayAct(): boolean {
        return this.me.role !== "viewer";
    }

    /** Bans, health, the log and the history are of the whole server. */
    get seesAll(): boolean {
        return this.me.role !== "group-admin";
    }

    get mayBan(): boolean {
        return this.me.role === "admin";
    }

    tell(text: string): void {
        clearTimeout(this.timer);
        setText(this.messages, text);
        this.timer = setTimeout(() => setText(this.messages, ""), MESSAGE);
    }

    /** Carries a command out and says what the server said. Throws what it refused. */
    async act(command: Record<string, unknown>): Promise<void> {
        try {
            const done = await api.act(command);
            this.tell(said(done));
        } catch (error) {
            if (error instanceof Refusal && error.isSignedOut) {
                this.signedOut("expired");
            }
            throw error;
        }
    }
}

/** What was done, in a sentence for each kind. */
function said(done: Done): string {
    const ended = done.lines.filter((line) => "session" in line);
    const [first] = ended;
    const sentences = done.lines.filter((line) => !("session" in line)).map(sentenceOf);
    if (ended.length > 1) {
        sentences.push(`Ended ${ended.length} sessions.`);
    } else if (first !== undefined) {
        sentences.push(`Ended session ${first.session} of ${first.user ?? "a client that was not logged in"}.`);
    }
    return plain(sentences.join(" ")) || "Done.";
}

function sentenceOf(line: Record<string, unknown>): string {
    if ("banned" in line) {
        return `Banned ${line.banned}${line.kept === false ? ", until the server stops" : ""}.`;
    }
    if ("disabled" in line) {
        return `Disabled ${line.disabled}.`;
    }
    if ("enabled" in line) {
        return `Enabled ${line.enabled}.`;
    }
    return "address" in line ? `Lifted the ban of ${line.address}.` : "";
}

/** What an error says to the viewer. */
export function sentence(error: unknown): string {
    return error instanceof Refusal ? error.message : "The server can't be reached.";
}
