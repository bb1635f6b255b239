// A server of simulated records that speaks the page's HTTP interface: for what no real server can be brought to, such as 10,000
// sessions that all change. It serves the page as it was built, with the security policy of the real one.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { windowOf } from "./mock-window.mjs";
import { accounts, emptyHistory, ended, health, history, log, sessions } from "./mock-data.mjs";

const CSP =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; " +
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";
const TYPES = { html: "text/html", js: "text/javascript", css: "text/css" };

export class Mock {
    /** @param options assets: folder; sessions: how many; role; hostile: names to give to sessions; now: when its records are from */
    constructor(options) {
        this.options = { sessions: 0, role: "admin", ...options };
        this.now = this.options.now ?? Date.now();
        this.sessions = sessions(this.options.sessions, this.now);
        this.bans = this.options.bans ?? [];
        this.done = [];
        this.views = [];
        this.streams = new Map();
        this.ended =
            this.options.sessions === 0
                ? []
                : Array.from({ length: 400 }, (_, at) => ended(at + 1, this.now - (400 - at) * 9000));
        this.lastId = 400;
        this.health = health(this.now);
        this.signedIn = true;
        this.frames = 0;
        this.accounts = this.options.sessions === 0 ? [] : accounts();
        this.log = this.options.sessions === 0 ? [] : log(this.now, 150);
        for (const [at, name] of (this.options.hostile ?? []).entries()) {
            Object.assign(this.sessions[at * 12], { user: name, directory: `/${name}` });
            Object.assign(this.sessions[at * 12].transfer, { path: `/${name}`, bytes_per_second: 1e9 - at });
            this.ended.push({ ...ended(++this.lastId, this.now), path: `/${name}`, user: name, detail: name });
            this.accounts.push({ ...accounts()[0], user: name, home: `/${name}` });
            this.log.push({ time: new Date(this.now).toISOString(), level: "INFO", logger: "test", text: name });
            this.bans.push({ address: `203.0.113.${at + 1}`, by: "operator", until: null, why: name });
        }
    }

    async start(port = 0) {
        this.server = createServer((request, response) => this.answer(request, response));
        await new Promise((done) => this.server.listen(port, "127.0.0.1", done));
        this.timer = setInterval(() => this.tick(), 500);
        return `http://127.0.0.1:${this.server.address().port}/`;
    }

    stop() {
        clearInterval(this.timer);
        this.server.closeAllConnections();
        return new Promise((done) => this.server.close(done));
    }

    async answer(request, response) {
        const path = new URL(request.url, "http://x").pathname.slice(1);
        const json = (status, body) => {
            response.writeHead(status, { "Content-Type": "application/json", "Cache-Control": "no-store" });
            response.end(body === undefined ? "" : escaped(body));
        };
        if (!path.startsWith("api/")) {
            this.file(path === "" ? "index.html" : path, response);
        } else if (path === "api/sign-in") {
            this.signedIn = (await body(request)).token === "good";
            json(
                this.signedIn ? 200 : 401,
                this.signedIn ? this.me() : { error: "token", message: "This link was used, or is too old." },
            );
        } else if (!this.signedIn) {
            json(401, { error: "signed-out", message: "Not signed in." });
        } else if (path === "api/session") {
            json(200, this.me());
        } else if (path === "api/stream") {
            this.open(request, response);
        } else if (path === "api/history") {
            json(200, this.options.sessions === 0 ? emptyHistory(this.now) : history(this.now));
        } else if (
            request.headers["x-zeroftpd-page"] !== "1" ||
            request.headers["content-type"] !== "application/json"
        ) {
            json(403, { error: "origin", message: "Not from the page." });
        } else {
            this.post(path, await body(request), json);
        }
    }

    post(path, wanted, json) {
        switch (path) {
            case "api/view": {
                const stream = this.streams.get(wanted.stream);
                if (stream === undefined) {
                    return json(404, { error: "path", message: "No such stream." });
                }
                this.views.push(wanted);
                stream.view = wanted;
                stream.isNew = true;
                json(204);
                return this.send(stream);
            }
            case "api/transfers": {
                const older = this.ended
                    .filter((each) => Number(each.id) < Number(wanted.before ?? Infinity))
                    .reverse();
                const entries = older.slice(0, wanted.limit);
                const next = older.length > entries.length ? entries.at(-1).id : null;
                return json(200, { entries, next, kept: this.ended.length, oldest: this.ended[0]?.time ?? null });
            }
            case "api/do":
                return this.act(wanted, json);
            case "api/sign-out":
                this.signedIn = false;
                return json(204);
            default:
                return json(404, { error: "path", message: "No such path." });
        }
    }

    act(command, json) {
        if (this.options.role === "viewer") {
            return json(403, { error: "role", message: "A viewer may only look." });
        }
        const ends = this.sessions.filter(
            (each) => each.session === command.session || each.address === command.address,
        );
        const lines = ends.map(({ session, user, address }) => ({ session, user, address }));
        if (command.command === "kick" && ends.length === 0) {
            return json(409, { error: "refused", message: "There is no such session any more." });
        }
        this.done.push(command);
        this.sessions = this.sessions.filter((each) => !ends.includes(each));
        if (command.command === "ban") {
            this.bans.push({ address: command.address, by: "operator", until: null, why: "by hand" });
            lines.unshift({ banned: command.address, kept: true });
        } else if (command.command === "unban") {
            this.bans = this.bans.filter((each) => each.address !== command.address);
            lines.push({ address: command.address, kept: true });
        } else if (command.command !== "kick") {
            this.accounts.find((each) => each.user === command.user).enabled = command.command === "enable";
            lines.push({ [`${command.command}d`]: command.user });
        }
        return json(200, { result: "done", lines });
    }

    me() {
        const { role } = this.options;
        return {
            name: "Sam",
            role,
            group: role === "group-admin" ? "team" : null,
            idle_seconds: 1800,
            ends: new Date(this.now + 4e7).toISOString(),
        };
    }

    file(name, response) {
        const type = TYPES[name.split(".").at(-1)];
        if (type === undefined || !/^[A-Za-z0-9._-]+$/.test(name)) {
            return response.writeHead(404).end();
        }
        const headers = { "Content-Type": `${type}; charset=utf-8`, "X-Content-Type-Options": "nosniff" };
        response.writeHead(200, name === "index.html" ? { ...headers, "Content-Security-Policy": CSP } : headers);
        response.end(readFileSync(join(this.options.assets, name)));
    }

    open(request, response) {
        const id = `s${this.streams.size + 1}`;
        response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
        const stream = { id, response, view: { view: "none" }, sent: new Map(), isNew: true, lastTransfer: 0 };
        this.streams.set(id, stream);
        request.on("close", () => this.streams.delete(id));
        response.write("retry: 300\n\n");
        this.event(stream, "hello", {
            stream: id,
            server: {
                version: "1.0",
                started: new Date(this.now - 3 * 86400_000).toISOString(),
                time: new Date().toISOString(),
                listeners: [{ name: "default", address: "0.0.0.0:2121", tls: "explicit" }],
            },
            me: this.me(),
        });
        this.event(stream, "totals", this.totals());
    }

    event(stream, name, data) {
        stream.response.write(`event: ${name}\ndata: ${escaped(data)}\n\n`);
    }

    /** Half a second passes: transfers go on, and every stream is told what changed. */
    tick() {
        for (const { transfer } of this.sessions) {
            if (transfer !== null) {
                transfer.bytes += Math.floor(transfer.bytes_per_second / 2);
                if (transfer.size !== null && transfer.bytes > transfer.size) {
                    transfer.bytes = 0;
                }
            }
        }
        this.frames += 1;
        if (this.sessions.length > 0 && this.frames % 4 === 0) {
            this.ended.push(ended(++this.lastId, Date.now()));
        }
        for (const stream of this.streams.values()) {
            this.event(stream, "totals", this.totals());
            this.send(stream);
        }
    }

    totals() {
        const running = this.sessions.map((each) => each.transfer).filter((each) => each !== null);
        const sum = (wanted) => running.filter(wanted).reduce((all, each) => all + each.bytes_per_second, 0);
        const tls = sum((each) => each.reason === "TLS");
        return {
            time: new Date().toISOString(),
            sessions: this.sessions.length,
            before_login: this.sessions.filter((each) => each.user === null).length,
            transfers: running.length,
            uploads: running.filter((each) => each.verb === "STOR").length,
            rates: {
                download_zero_copy: sum((each) => each.way === "zero-copy"),
                download_streamed: tls,
                upload: sum((each) => each.reason === "upload"),
            },
            reasons:
                running.length === 0
                    ? []
                    : [
                          { direction: "download", reason: "TLS", bytes_per_second: tls },
                          {
                              direction: "upload",
                              reason: "upload",
                              bytes_per_second: sum((each) => each.reason === "upload"),
                          },
                      ],
            logins: 812,
            failed_logins: 9,
            refused: 2,
            bans: this.bans.length,
            draining: false,
        };
    }

    send(stream) {
        const { view, isNew } = stream;
        stream.isNew = false;
        switch (view.view) {
            case "now":
                return this.event(stream, "sessions", windowOf(this.sessions, stream, view.sessions ?? {}));
            case "transfers": {
                const fresh = isNew
                    ? this.ended.slice(-100)
                    : this.ended.filter((each) => Number(each.id) > stream.lastTransfer);
                stream.lastTransfer = this.lastId;
                return this.event(stream, "transfers", { reset: isNew, left_out: 0, entries: fresh });
            }
            case "accounts":
                return this.event(stream, "accounts", {
                    total: this.accounts.length,
                    matching: this.accounts.length,
                    offset: 0,
                    rows: this.accounts,
                });
            case "bans":
                return this.event(stream, "bans", { total: this.bans.length, rows: this.bans });
            case "health":
                return isNew ? this.event(stream, "health", this.health) : undefined;
            case "log":
                return isNew ? this.event(stream, "log", { reset: true, left_out: 0, lines: this.log }) : undefined;
            default:
                return undefined;
        }
    }
}

async function body(request) {
    let text = "";
    for await (const part of request) {
        text += part;
    }
    return JSON.parse(text);
}

/** JSON in printable ASCII, as the server writes it. */
function escaped(data) {
    return JSON.stringify(data).replace(
        /[^\x20-\x7e]/g,
        (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
}
