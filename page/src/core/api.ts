// Requests to the server. All are relative, so that the page works behind any prefix.
import type { History, OlderTransfers, Session, View } from "./types";

/** What the server refused, in a sentence for people. */
export class Refusal extends Error {
    constructor(
        readonly status: number,
        readonly word: string,
        message: string,
    ) {
        super(message);
    }

    get isSignedOut(): boolean {
        return this.status === 401;
    }
}

async function answer<T>(response: Response): Promise<T> {
    if (response.status === 204) {
        return undefined as T;
    }
    if (response.ok) {
        return (await response.json()) as T;
    }
    const text = await response.text();
    let word = "";
    let message = `The server answered ${response.status}.`;
    try {
        const body = JSON.parse(text) as { error?: string; message?: string };
        word = body.error ?? "";
        message = body.message ?? message;
    } catch {
        // A proxy between answers with a page of its own: its status is all there is to say.
    }
    throw new Refusal(response.status, word, message);
}

async function get<T>(path: string): Promise<T> {
    return answer<T>(await fetch(path, { cache: "no-store" }));
}

async function post<T>(path: string, body: unknown): Promise<T> {
    return answer<T>(
        await fetch(path, {
            method: "POST",
            headers: { "Content-Type": "application/json", "X-ZeroFTPd-Page": "1" },
            body: JSON.stringify(body),
            cache: "no-store",
        }),
    );
}

/** What was done, an object for each: a session that was ended, a ban, an account. */
export interface Done {
    result: string;
    lines: Record<string, unknown>[];
}

export const api = {
    session: () => get<Session>("api/session"),
    signIn: (token: string) => post<Session>("api/sign-in", { token }),
    signOut: () => post<void>("api/sign-out", {}),
    view: (stream: string, view: View) => post<void>("api/view", { stream, ...view }),
    history: () => get<History>("api/history"),
    transfers: (query: Record<string, unknown>) => post<OlderTransfers>("api/transfers", query),
    act: (command: Record<string, unknown>) => post<Done>("api/do", command),
};
