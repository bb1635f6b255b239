// Signing in by the link that `ftpd web login` prints, and what is shown to those who have none.
import { api, Refusal } from "../core/api";
import { h } from "../core/dom";
import type { Session } from "../core/types";

const WHY: Record<string, string> = {
    "signed-out": "You are signed out.",
    expired: "Your session has ended.",
    never: "You are not signed in.",
};

/** The token of a link, taken out of the address at once, so that no history, bookmark or shared screen has it. */
export function takeToken(): string | null {
    const found = /^#login=([A-Za-z0-9_-]{1,200})$/.exec(location.hash);
    if (location.hash !== "") {
        history.replaceState(history.state, "", location.pathname);
    }
    return found?.[1] ?? null;
}

/** The session, or what to tell those who have none. */
export async function session(token: string | null): Promise<Session | string> {
    try {
        return token === null ? await api.session() : await api.signIn(token);
    } catch (error) {
        if (!(error instanceof Refusal)) {
            throw error;
        }
        return token === null && error.isSignedOut ? "never" : error.message;
    }
}

export function signedOut(why: string): HTMLElement {
    const command = (role: string, text: string) =>
        h("li", {}, h("code", {}, `ftpd web login --role ${role}`), h("br"), text);
    return h(
        "main",
        { class: "signin card" },
        h("h1", {}, "ZeroFTPd"),
        h("p", { role: "status" }, WHY[why] ?? why),
        h("h2", {}, "To sign in"),
        h(
            "p",
            {},
            "Type one of these on the server, and open the link that it prints. It works once, within 60 seconds.",
        ),
        h(
            "ul",
            { class: "commands" },
            command("viewer", "to look"),
            command("admin", "to look, end sessions, ban addresses and switch accounts off"),
            command("admin:GROUP", "the same for the accounts of one group"),
        ),
        h("p", { class: "muted" }, "There is no password: who may use the server's control socket may sign in."),
    );
}
