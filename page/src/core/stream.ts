// The one stream of a page: what the server tells, and whether it can be heard.
import { api, Refusal } from "./api";
import type { Events, View } from "./types";

export type Link = "connecting" | "live" | "lost" | "stopping" | "full" | "elsewhere";

const NAMES: (keyof Events)[] = [
    "hello",
    "totals",
    "sample",
    "sessions",
    "transfers",
    "accounts",
    "bans",
    "health",
    "log",
    "end",
];

/** Milliseconds until a stream that was refused is tried again. */
const AGAIN = 3000;

/** Samples come each 10 seconds; several times that without a word is a dead connection. */
const SILENCE = 45_000;

/** At most five views a second are posted. */
const BETWEEN_VIEWS = 200;

export class Stream {
    private source: EventSource | null = null;
    private id = "";
    private heard = 0;
    private again = 0;
    private watch = 0;
    private wanted: View = { view: "none" };
    private postTimer = 0;
    private posted = 0;
    private isEnded = true;
    private hasSamples = false;
    private isElsewhere = false;
    private readonly listeners = new Map<string, ((data: never) => void)[]>();

    constructor(
        private readonly onLink: (link: Link) => void,
        private readonly onSignedOut: (why: string) => void,
    ) {
        document.addEventListener("visibilitychange", () => this.look());
    }

    on<K extends keyof Events>(event: K, listener: (data: Events[K]) => void): void {
        const known = this.listeners.get(event) ?? [];
        this.listeners.set(event, [...known, listener]);
    }

    open(): void {
        this.close();
        this.isEnded = false;
        this.onLink("connecting");
        this.connect();
        this.watch = setInterval(() => this.notice(), 5000);
    }

    close(): void {
        this.isEnded = true;
        this.source?.close();
        this.source = null;
        this.id = "";
        clearTimeout(this.again);
        clearInterval(this.watch);
    }

    /** Says what is shown from now on. */
    show(view: View): void {
        this.wanted = view;
        this.post();
    }

    /** A hidden page needs less, and one whose place another page of this browser took gets one again. */
    private look(): void {
        if (this.isElsewhere && !this.isEnded && !document.hidden) {
            this.connect();
        }
        this.post();
    }

    private connect(): void {
        this.isElsewhere = false;
        this.source?.close();
        this.id = "";
        this.heard = Date.now();
        const source = new EventSource("api/stream");
        this.source = source;
        for (const event of NAMES) {
            source.addEventListener(event, (message) => this.receive(source, event, message.data as string));
        }
        source.addEventListener("error", () => {
            if (source === this.source) {
                void this.failed(source);
            }
        });
    }

    private receive(source: EventSource, event: keyof Events, text: string): void {
        if (source !== this.source) {
            return;
        }
        this.heard = Date.now();
        const data: unknown = JSON.parse(text);
        if (event === "hello") {
            const hello = data as Events["hello"];
            this.id = hello.stream;
            this.hasSamples = hello.me.role !== "group-admin";
            this.onLink("live");
            this.post();
        }
        for (const listener of this.listeners.get(event) ?? []) {
            listener(data as never);
        }
        if (event === "end") {
            this.end((data as Events["end"]).why);
        }
    }

    private end(why: Events["end"]["why"]): void {
        if (why === "stopping") {
            this.source?.close();
            this.id = "";
            this.onLink("stopping");
            this.retry();
        } else if (why === "elsewhere") {
            this.source?.close();
            this.id = "";
            this.isElsewhere = true;
            this.onLink("elsewhere");
        } else {
            this.close();
            this.onSignedOut(why);
        }
    }

    /** EventSource tries again by itself unless it was refused; then only the session can tell why. */
    private async failed(source: EventSource): Promise<void> {
        this.id = "";
        if (source.readyState !== EventSource.CLOSED) {
            this.onLink("lost");
            return;
        }
        try {
            await api.session();
            this.onLink("full");
        } catch (error) {
            if (error instanceof Refusal && error.isSignedOut) {
                this.close();
                this.onSignedOut("expired");
                return;
            }
            this.onLink("lost");
        }
        this.retry();
    }

    private retry(): void {
        clearTimeout(this.again);
        if (!this.isEnded) {
            this.again = setTimeout(() => this.connect(), AGAIN);
        }
    }

    private notice(): void {
        if (this.id !== "" && this.hasSamples && Date.now() - this.heard > SILENCE) {
            this.onLink("lost");
            this.connect();
        }
    }

    private post(): void {
        clearTimeout(this.postTimer);
        this.postTimer = setTimeout(() => void this.postNow(), Math.max(0, this.posted + BETWEEN_VIEWS - Date.now()));
    }

    private async postNow(): Promise<void> {
        if (this.id === "") {
            return;
        }
        this.posted = Date.now();
        try {
            await api.view(this.id, document.hidden ? { view: "none" } : this.wanted);
        } catch (error) {
            // Anything else shows in the stream itself, which then is opened anew and told the view again.
            if (error instanceof Refusal && error.isSignedOut) {
                this.close();
                this.onSignedOut("expired");
            }
        }
    }
}
