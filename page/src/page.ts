// Where the page begins: signing in, then the shell with all pages in it.
import "./style/base.css";
import "./style/layout.css";
import "./style/tables.css";
import "./style/parts.css";
import "uplot/dist/uPlot.min.css";
import { h } from "./core/dom";
import { Shell } from "./view/shell";
import { session, signedOut, takeToken } from "./view/signin";

/** Milliseconds until a server that can't be reached is asked again. */
const AGAIN = 3000;

let isIn = false;

function leave(why: string): void {
    isIn = false;
    document.title = "ZeroFTPd";
    document.querySelector("dialog[open]")?.remove();
    document.body.replaceChildren(signedOut(why));
}

async function begin(token: string | null): Promise<void> {
    try {
        const me = await session(token);
        if (typeof me === "string") {
            leave(me);
            return;
        }
        if (isIn) {
            // Another session than before, perhaps of another role: nothing of the old one stays.
            location.reload();
            return;
        }
        isIn = true;
        const shell = new Shell(me, leave);
        document.body.replaceChildren(shell.element);
        shell.start();
    } catch {
        document.body.replaceChildren(
            h(
                "main",
                { class: "signin card" },
                h("h1", {}, "ZeroFTPd"),
                h("p", { role: "status" }, "The server can't be reached; trying again."),
            ),
        );
        setTimeout(() => void begin(token), AGAIN);
    }
}

window.addEventListener("hashchange", () => {
    const token = takeToken();
    if (token !== null) {
        void begin(token);
    }
});

void begin(takeToken());
