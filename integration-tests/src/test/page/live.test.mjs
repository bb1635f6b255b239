// The page before a real server. Run by PageIT, one test at a time: LINK is what `ftpd web login` printed, and the server is in the
// state that the test's name says.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { accessible, choose, launch, live, PAGES, shared, tab } from "./browser.mjs";

const chromium = shared();
const link = process.env.LINK;

async function opened(action, options) {
    const tabbed = await tab(chromium.browser, options);
    await tabbed.page.goto(link);
    await action(tabbed.page);
    await tabbed.close();
}

/** A row of the sessions' table with this text. */
function session(page, text) {
    return page.locator(".sessions .grid-space .row", { hasText: text });
}

/** Has the page's origin post a command by itself. Returns the status. */
async function post(page, command) {
    return page.evaluate(async (body) => {
        const headers = { "Content-Type": "application/json", "X-ZeroFTPd-Page": "1" };
        return (await fetch("api/do", { method: "POST", headers, body: JSON.stringify(body) })).status;
    }, command);
}

async function confirm(page, button) {
    await page.getByRole("dialog").getByRole("button", { name: button }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
}

test("pages: a download by alice runs, others have ended", async () => {
    await opened(async (page) => {
        await live(page);
        assert.equal(new URL(page.url()).hash, "");
        const row = session(page, "alice");
        await row.getByText("⚡ zero-copy").waitFor();
        await row.getByText("/large").waitFor();
        await row.getByText(/ of 64 MiB \(\d+ %\)/).waitFor();
        await page.locator(".chart").waitFor();
        await choose(page, "Transfers");
        const ended = page.locator(".transfers tbody tr", { hasText: "/small" });
        await ended.getByText("✓ completed").first().waitFor();
        await page.locator(".transfers tbody tr", { hasText: "STOR" }).getByText("⇄ streamed: upload").waitFor();
        await page.getByLabel("Direction").selectOption("upload");
        await page.locator(".transfers tbody tr", { hasText: "RETR" }).first().waitFor({ state: "detached" });
        await page.getByLabel("Streamed because of").selectOption("TLS");
        await page.getByText("No transfer matches of those that the server still knows").waitFor();
        await choose(page, "Accounts");
        await page.locator(".accounts .grid-space .row", { hasText: "alice" }).waitFor();
        await choose(page, "Bans");
        await page.getByText("No address is banned.").waitFor();
        await choose(page, "Health");
        await page.getByText("serving").waitFor();
        await page.locator(".findings li").first().waitFor();
        await choose(page, "Log");
        await page.locator(".log-page .counted", { hasText: /^\d+ lines?$/ }).waitFor();
        await post(page, { command: "enable", user: "alice" });
        await page.locator(".log-lines li", { hasText: "PAGE enable" }).first().waitFor();
        const log = page.locator(".log-page");
        await log.getByRole("button", { name: "Pause" }).click();
        await post(page, { command: "enable", user: "bob" });
        await log.locator(".counted", { hasText: /^paused, [1-9]/ }).waitFor();
        assert.equal(await log.locator(".log-lines li", { hasText: "user=bob" }).count(), 0);
        await log.getByRole("button", { name: "Go on" }).click();
        await log.locator(".log-lines li", { hasText: "PAGE enable user=bob" }).first().waitFor();
        await page.getByLabel("Filter").last().fill("nothing has this in it");
        await page.getByText("No line matches.").waitFor();
        await page.getByLabel("Filter").last().fill("");
        for (const title of PAGES) {
            await choose(page, title);
            await accessible(page, title);
        }
    });
});

test("load: slow downloads in both ways and uploads, and a log-in has failed", async () => {
    await opened(async (page) => {
        await live(page);
        const row = (text) => session(page, "slow").filter({ hasText: text });
        for (const [way, verb] of [
            ["⚡ zero-copy", "↓ RETR"],
            ["⇄ streamed: ASCII type", "↓ RETR"],
            ["⇄ streamed: upload", "↑ STOR"],
        ]) {
            await row(way).getByText(verb).waitFor();
            await row(way).locator(".rate", { hasText: /^[1-9]/ }).waitFor();
        }
        const bar = row("⚡ zero-copy").getByRole("progressbar", { name: "Done" });
        assert.ok((await bar.evaluate((element) => element.value)) > 0);
        const tile = (title) => page.locator(".tile", { has: page.getByText(title, { exact: true }) });
        await tile("Transfers").getByText("↓ 2 out, ↑ 1 in").waitFor();
        await tile("Out").getByText(/^⚡ [1-9].*, ⇄ [1-9]/).waitFor();
        await tile("In").getByText(/^[1-9].*\/s$/).waitFor();
        await tile("Zero-copy").getByText(/^[1-9]\d %$/).waitFor();
        await tile("Log-ins since the start").getByText(/^1 failed, /).waitFor();
        const reasons = page.locator(".reasons li");
        await reasons.filter({ hasText: "ASCII type" }).getByText("Binary (TYPE I) avoids that").waitFor();
        await reasons.filter({ hasText: "upload" }).first().waitFor();
        await page.getByRole("button", { name: "Streamed", exact: true }).click();
        await row("⚡ zero-copy").waitFor({ state: "detached" });
        await row("⇄ streamed: upload").waitFor();
        // Of all that runs, only what its row says is ended.
        await row("⇄ streamed: ASCII type").getByRole("button", { name: "Kick" }).click();
        await confirm(page, "End it");
        await row("⇄ streamed: ASCII type").waitFor({ state: "detached" });
        await row("⇄ streamed: upload").waitFor();
        await choose(page, "Transfers");
        const ended = page.locator(".transfers tbody tr", { hasText: "ASCII type" });
        await ended.getByText("✗ aborted").waitFor();
        await ended.getByText("Binary (TYPE I) avoids that").waitFor();
        const labelled = (label) => page.locator(".page:not([hidden])").getByLabel(label);
        await labelled("Outcome").selectOption("failed-any");
        await labelled("Way").selectOption("streamed");
        await labelled("User").fill("slow");
        await labelled("Path").fill("large");
        await ended.waitFor();
        await labelled("User").fill("alice");
        await page.getByText("No transfer matches of those that the server still knows").waitFor();
        await choose(page, "Bans");
        assert.equal(await post(page, { command: "ban", address: "192.0.2.9", seconds: 3 }), 200);
        await page.locator("tbody tr", { hasText: "192.0.2.9" }).getByText(/^in \d s/).waitFor();
        await page.getByText("No address is banned.").waitFor();
        assert.equal(await post(page, { command: "ban", address: "192.0.2.9", seconds: 600 }), 200);
        await page.getByRole("button", { name: "Lift an address…" }).click();
        await page.getByRole("dialog").getByLabel("Address or network").fill("192.0.2.9");
        await confirm(page, "Lift it");
        await page.getByText("No address is banned.").waitFor();
    });
});

test("limits: bob is near it, carol has reached it, alice has none", async () => {
    await opened(async (page) => {
        await choose(page, "Accounts");
        const rows = page.locator(".accounts .grid-space .row");
        const row = (user) => rows.filter({ hasText: user });
        const first = async (users) => {
            for (const [at, user] of users.entries()) {
                await rows.nth(at).filter({ hasText: user }).waitFor();
            }
        };
        await row("bob").getByText("▲ near the limit").waitFor();
        await row("bob").getByText("830 KiB of 977 KiB").waitFor();
        const used = (user) => row(user).getByRole("progressbar", { name: "Used of the quota" });
        assert.equal(await used("bob").evaluate((bar) => bar.value), 85);
        await row("carol").getByText("■ full").waitFor();
        assert.equal(await used("carol").evaluate((bar) => bar.value), 100);
        await row("alice").getByText("no limit").waitFor();
        assert.equal(await used("alice").count(), 0);
        // The head of a column sorts by it, and once more the other way round.
        const head = page.locator(".accounts [role=columnheader]", { hasText: "Stored" });
        await head.getByRole("button").click();
        await first(["carol", "bob", "slow", "alice"]);
        assert.equal(await head.getAttribute("aria-sort"), "descending");
        await head.getByRole("button").click();
        await first(["alice", "slow", "bob", "carol"]);
        assert.equal(await head.getAttribute("aria-sort"), "ascending");
        await page.getByLabel("Order").last().selectOption("nearest to the limit first");
        await first(["carol", "bob", "slow", "alice"]);
        await accessible(page, "Accounts");
    });
});

test("kick: bob is logged in", async () => {
    await opened(async (page) => {
        await session(page, "bob").getByRole("button", { name: "Kick" }).click();
        await confirm(page, "End it");
        await page.getByRole("status").getByText("Ended session").waitFor();
        await session(page, "bob").waitFor({ state: "detached" });
    });
});

test("ban: bob is logged in from 127.0.0.1", async () => {
    await opened(async (page) => {
        await session(page, "bob").getByRole("button", { name: "Ban" }).click();
        await confirm(page, "Ban it");
        await session(page, "bob").waitFor({ state: "detached" });
        await choose(page, "Bans");
        await page.locator("tbody tr", { hasText: "127.0.0.1" }).getByText("an operator").waitFor();
    });
});

test("lift: 127.0.0.1 is banned", async () => {
    await opened(async (page) => {
        await choose(page, "Bans");
        await page.getByRole("button", { name: "Lift the ban of 127.0.0.1" }).click();
        await confirm(page, "Lift it");
        await page.getByText("No address is banned.").waitFor();
    });
});

test("disable: bob is logged in", async () => {
    await opened(async (page) => {
        await choose(page, "Accounts");
        await page
            .locator(".accounts .grid-space .row", { hasText: "bob" })
            .getByRole("button", { name: "Disable" })
            .click();
        await confirm(page, "Disable it");
        await page.locator(".accounts .grid-space .row", { hasText: "bob" }).getByText("✗ disabled").waitFor();
    });
});

test("enable: bob is disabled", async () => {
    await opened(async (page) => {
        await choose(page, "Accounts");
        const row = page.locator(".accounts .grid-space .row", { hasText: "bob" });
        await row.getByText("✗ disabled").waitFor();
        await row.getByRole("button", { name: "Enable" }).click();
        await confirm(page, "Enable it");
        await row.getByRole("button", { name: "Disable" }).waitFor();
    });
});

test("foreign: bob is logged in, and other sites want him out", async () => {
    const page = new URL(link.split("#")[0]);
    const kick = '{"command":"kick","user":"bob"}';
    // On another port of the same host: the browser sends the cookie there and from there.
    const site = createServer((_, response) => {
        response.setHeader("Content-Type", "text/html");
        response.end(
            `<iframe src="${page}"></iframe><form action="${page}api/do" method="post" enctype="text/plain">` +
                `<input name='{"command":"kick","user":"bob","x":"' value='"}'></form>`,
        );
    });
    await new Promise((listening) => site.listen(0, "127.0.0.1", listening));
    try {
        await opened(async (ours) => {
            await live(ours);
            const foreign = await ours.context().newPage();
            await foreign.goto(`http://127.0.0.1:${site.address().port}/`);
            assert.match(foreign.frames()[1].url(), /^chrome-error:/);
            const sent = await foreign.evaluate(
                async ([url, body]) => {
                    const headers = { "Content-Type": "application/json", "X-ZeroFTPd-Page": "1" };
                    const options = { method: "POST", credentials: "include", body };
                    const sent = [{ headers }, { mode: "no-cors" }].map((how) =>
                        fetch(url, { ...options, ...how }).then(
                            () => "read",
                            () => "refused",
                        ),
                    );
                    return Promise.all(sent);
                },
                [`${page}api/do`, kick],
            );
            assert.deepEqual(sent, ["refused", "refused"]);
            const [answer] = await Promise.all([
                foreign.waitForResponse((response) => response.url() === `${page}api/do`),
                foreign.evaluate(() => document.forms[0].submit()),
            ]);
            assert.equal(answer.status(), 403);
            assert.equal(await session(ours, "bob").count(), 1);
        });
        const rebound = await launch("--host-resolver-rules=MAP rebound.example 127.0.0.1");
        try {
            const other = await rebound.newPage();
            const answer = await other.goto(`http://rebound.example:${page.port}${page.pathname}`);
            assert.equal(answer.status(), 421);
        } finally {
            await rebound.close();
        }
    } finally {
        site.close();
    }
});

test("viewer: bob is logged in, and may only be looked at", async () => {
    await opened(async (page) => {
        await session(page, "bob").waitFor();
        assert.equal(await page.getByRole("button", { name: /^(Kick|Ban|Disable)$/ }).count(), 0);
        // Nor by a page that was changed to have them.
        assert.equal(await post(page, { command: "kick", user: "bob" }), 403);
    });
});

test("link: it signs in one browser, once", async () => {
    await opened(async (page) => {
        await live(page);
        const other = await tab(chromium.browser);
        await other.page.goto(link);
        await other.page.getByText("ftpd web login --role admin", { exact: true }).waitFor();
        assert.equal(await other.page.getByText("● live").count(), 0);
        await other.close();
        // A second tab of the first browser needs no link, and sees the end of the session.
        const second = await page.context().newPage();
        await second.goto(new URL(link).origin + new URL(link).pathname);
        await live(second);
        await page.getByRole("button", { name: "Sign out" }).click();
        await page.getByText("You are signed out.").waitFor();
        await second.getByText("ftpd web login --role admin", { exact: true }).waitFor();
    });
});

test("proxied: bob is logged in, and nginx stands in front", async () => {
    await opened(
        async (page) => {
            await live(page);
            assert.equal(page.url(), link.split("#")[0]);
            const cookies = await page.context().cookies();
            assert.deepEqual(
                cookies.map(({ path, secure, httpOnly, sameSite }) => ({ path, secure, httpOnly, sameSite })),
                [{ path: "/ftp/", secure: true, httpOnly: true, sameSite: "Strict" }],
            );
            await session(page, "bob").waitFor();
            await choose(page, "Accounts");
            await page.locator(".accounts .grid-space .row", { hasText: "bob" }).waitFor();
            await choose(page, "Health");
            await page.getByText("serving").waitFor();
            await choose(page, "Log");
            // One line, and nothing behind it that would push it through a buffer.
            await page.locator(".log-page .counted", { hasText: /^\d+ lines?$/ }).waitFor();
            assert.equal(await post(page, { command: "enable", user: "alice" }), 200);
            await page.locator(".log-lines li", { hasText: "PAGE enable user=alice" }).waitFor();
            await choose(page, "Now");
            await session(page, "bob").getByRole("button", { name: "Kick" }).click();
            await confirm(page, "End it");
            await session(page, "bob").waitFor({ state: "detached" });
            await page.reload();
            await live(page);
            await page.getByRole("button", { name: "Sign out" }).click();
            await page.getByText("You are signed out.").waitFor();
            assert.deepEqual(await page.context().cookies(), []);
        },
        { ignoreHTTPSErrors: true },
    );
});

test("names: files of hostile names were sent", async () => {
    await opened(async (page) => {
        await choose(page, "Transfers");
        const shown = [
            "<script>alert(1)<",
            "<img src=x onerror=alert(1)>",
            "invoice\\u202Efdp.exe",
            "\\x1B[31mred",
            "caf\\xE9",
            "W".repeat(255),
        ];
        for (const name of shown) {
            await page.locator("tbody tr", { hasText: name }).first().waitFor();
        }
        const foreign = await page.evaluate(() => ({
            raw: /[\u202e\u001b]/.test(document.body.innerText),
            elements: document.querySelectorAll("main script, main img, main iframe").length,
            wide: document.documentElement.scrollWidth > innerWidth,
        }));
        assert.deepEqual(foreign, { raw: false, elements: 0, wide: false });
    });
});
