// What stands around the pages: the header, the choice of the page, the state of the connection, the footer.
import { api } from "../core/api";
import { App, type Page } from "../core/app";
import { attribute, h, name, setText } from "../core/dom";
import { duration, setServerTime, time, when, zone } from "../core/format";
import { listen, showKeys } from "../core/keys";
import { type Link, Stream } from "../core/stream";
import { themeButton } from "../core/theme";
import type { Hello, Session } from "../core/types";
import { AccountsPage } from "./accounts";
import { BansPage } from "./bans";
import { HealthPage } from "./health";
import { LogPage } from "./log";
import { NowPage } from "./now";
import { TransfersPage } from "./transfers";

const LINKS: Record<Link, [className: string, text: string]> = {
    connecting: ["plain", "… connecting"],
    live: ["good", "● live"],
    lost: ["bad", "✗ connection lost, trying again"],
    stopping: ["warn", "▲ the server stops, trying again"],
    full: ["warn", "▲ too many viewers, trying again"],
    elsewhere: ["warn", "▲ open in other tabs: come back to this one, or reload it"],
};

export class Shell {
    readonly element: HTMLElement;
    private readonly stream: Stream;
    private readonly pages: Page[];
    private readonly buttons: HTMLButtonElement[];
    private readonly link = h("span", { class: "badge", role: "status" });
    private readonly server = h("p", {});
    private readonly until = h("p", {});
    private readonly stale = h("p", { class: "banner", hidden: true });
    private readonly draining = h(
        "p",
        { class: "banner", hidden: true },
        "The server drains: it ends when its transfers have.",
    );
    private readonly main: HTMLElement;
    private readonly unlisten: () => void;
    private shown: Page;

    constructor(me: Session, signedOut: (why: string) => void) {
        this.stream = new Stream(
            (link) => this.showLink(link),
            (why) => this.leave(signedOut, why),
        );
        const app = new App(
            this.stream,
            me,
            () => this.refresh(),
            (why) => this.leave(signedOut, why),
        );
        const now = new NowPage(app);
        this.pages = [now, new TransfersPage(app), new AccountsPage(app)];
        if (app.seesAll) {
            this.pages.push(new BansPage(app), new HealthPage(app), new LogPage(app));
        }
        this.shown = now;
        this.buttons = this.pages.map((page) =>
            h("button", { type: "button", onclick: () => this.choose(page, true) }, page.title),
        );
        this.main = h(
            "main",
            { id: "main", tabindex: "-1" },
            h("h1", { class: "unseen" }),
            this.draining,
            this.stale,
            ...this.pages.map((each) => each.element),
        );
        this.element = h("div", { class: "shell" }, this.header(me, signedOut), app.messages, this.main, this.footer());
        this.unlisten = listen((key) => this.press(key));
        this.stream.on("hello", (hello) => this.greet(hello));
        this.stream.on("totals", (totals) => attribute(this.draining, "hidden", !totals.draining));
        const { page } = (history.state ?? {}) as { page?: string };
        this.choose(this.pages.find((each) => each.name === page) ?? now, false);
        window.addEventListener("popstate", this.back);
    }

    start(): void {
        this.stream.open();
        this.shown.shown?.();
    }

    private header(me: Session, signedOut: (why: string) => void): HTMLElement {
        const role = me.role === "group-admin" ? "admin of " : me.role;
        const leave = async () => {
            try {
                await api.signOut();
            } finally {
                this.leave(signedOut, "signed-out");
            }
        };
        return h(
            "header",
            { class: "top" },
            h("button", { type: "button", class: "skip", onclick: () => this.main.focus() }, "Skip to the content"),
            h("span", { class: "brand" }, "ZeroFTPd"),
            h("nav", { "aria-label": "Pages" }, ...this.buttons),
            this.link,
            h("span", { class: "who" }, name(me.name), ", ", role, me.group !== null && name(me.group)),
            themeButton(),
            h("button", { type: "button", class: "quiet", onclick: showKeys }, "? Keys"),
            h("button", { type: "button", class: "quiet", onclick: () => void leave() }, "Sign out"),
        );
    }

    private footer(): HTMLElement {
        return h("footer", {}, this.server, this.until, h("p", {}, `Times are in your zone, ${zone}.`));
    }

    private greet(hello: Hello): void {
        const { version, started, listeners } = hello.server;
        setServerTime(hello.server.time);
        const addresses = listeners.flatMap((each, at) => [
            at === 0 ? "" : ", ",
            name(each.address),
            each.tls === "off" || each.tls === "none" ? "" : ` (TLS ${each.tls})`,
        ]);
        this.server.replaceChildren(
            "ZeroFTPd ",
            name(version),
            `, started ${when(started)}, listens on `,
            ...addresses,
            ".",
        );
        const { ends, idle_seconds: idle } = hello.me;
        setText(this.until, `You are signed in until ${time(ends)}, or ${duration(idle)} after you closed the page.`);
    }

    private showLink(link: Link): void {
        const [className, text] = LINKS[link];
        this.link.className = `badge ${className}`;
        setText(this.link, text);
        // What is shown stays, but is said to be old.
        const isStale = link !== "live" && link !== "connecting";
        if (isStale && this.stale.hidden) {
            setText(this.stale, `What you see is from ${time(new Date().toISOString())}.`);
        }
        attribute(this.stale, "hidden", !isStale);
    }

    private choose(page: Page, remember: boolean): void {
        this.shown = page;
        const left = this.pages.find((each) => each !== page && each.element.contains(document.activeElement));
        this.pages.forEach((each, at) => {
            attribute(each.element, "hidden", each !== page);
            const button = this.buttons[at];
            if (button !== undefined) {
                attribute(button, "aria-current", each === page ? "page" : undefined);
            }
        });
        const heading = this.main.querySelector("h1");
        if (heading !== null) {
            setText(heading, page.title);
        }
        document.title = `${page.title} · ZeroFTPd`;
        if (left !== undefined) {
            // What had the focus is hidden now.
            this.main.focus({ preventScroll: true });
        }
        if (remember) {
            // The address stays as it is: nothing of what is looked at is in it.
            history.pushState({ page: page.name }, "");
        }
        page.shown?.();
        this.refresh();
    }

    private readonly back = (event: PopStateEvent): void => {
        const { page } = (event.state ?? {}) as { page?: string };
        const found = this.pages.find((each) => each.name === page) ?? this.pages[0];
        if (found !== undefined) {
            this.choose(found, false);
        }
    };

    private refresh(): void {
        if (this.shown !== undefined) {
            this.stream.show(this.shown.view());
        }
    }

    private press(key: string): boolean {
        const page = this.pages[Number(key) - 1];
        if (page !== undefined) {
            this.choose(page, true);
            return true;
        }
        if (key === "/" && this.shown.filter !== undefined) {
            this.shown.filter.focus();
            return true;
        }
        if (key === "p" && this.shown.pause !== undefined) {
            this.shown.pause();
            return true;
        }
        return false;
    }

    private leave(signedOut: (why: string) => void, why: string): void {
        this.stream.close();
        this.unlisten();
        window.removeEventListener("popstate", this.back);
        signedOut(why);
    }
}
