// The page before a server of simulated records: ten thousand sessions, hostile names, lost connections, what each role may do.
// Run by PageIT: ASSETS is the folder of the built page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { accessible, choose, live, PAGES, shared, simulated } from "./browser.mjs";
import { HOSTILE } from "./mock-data.mjs";

const chromium = shared();
const with_ = (options, action, context) => simulated(chromium, options, action, context);

test("says what to do where there is nothing to show", async () => {
    await with_({ sessions: 0 }, async (page) => {
        await live(page);
        await page.getByText("No client is connected.").waitFor();
        await page.getByText("The first points come within a minute of the start.").waitFor();
        await accessible(page, "empty Now");
        const words = {
            Transfers: "No transfer has ended yet",
            Accounts: "ftpd user add",
            Bans: "No address is banned",
            Log: "No line of this level",
        };
        for (const [title, text] of Object.entries(words)) {
            await choose(page, title);
            await page.getByText(text).waitFor();
            await accessible(page, `empty ${title}`);
        }
    });
});

test("keeps only the rows in sight of ten thousand sessions", async () => {
    await with_({ sessions: 10_000 }, async (page, mock) => {
        await page.getByText("10,000 sessions").waitFor();
        const rows = page.locator(".sessions .grid-space .row");
        const grid = page.getByRole("grid", { name: "Sessions" });
        assert.equal(await grid.getAttribute("aria-rowcount"), "10001");
        assert.ok((await rows.count()) < 60, `${await rows.count()} rows in the document`);
        // To the end, by the keyboard, and by the mouse half way back.
        await rows.first().focus();
        await page.keyboard.press("End");
        await page.locator(".grid-space .row[aria-rowindex='10001']").waitFor();
        await grid.evaluate((element) => element.scrollTo(0, element.scrollHeight / 2));
        await page.locator(".grid-space .row[aria-rowindex='5004']").waitFor();
        assert.ok((await rows.count()) < 60);
        const asked = mock.views.filter((view) => view.view === "now").map((view) => view.sessions.limit);
        assert.ok(Math.max(...asked) <= 200);
        // Frames go on while all of it changes twice a second: the longest pause in three seconds of it.
        const [pause, length] = await page.evaluate(
            () =>
                new Promise((done) => {
                    const begin = performance.now();
                    let last = begin;
                    let longest = 0;
                    const frame = (now) => {
                        longest = Math.max(longest, now - last);
                        last = now;
                        now - begin < 3000 ? requestAnimationFrame(frame) : done([longest, now - begin]);
                    };
                    requestAnimationFrame(frame);
                }),
        );
        console.log(`longest pause between frames: ${Math.round(pause)} ms in ${Math.round(length)} ms`);
        // Filters count on the server.
        await page.getByRole("button", { name: "Streamed", exact: true }).click();
        await page.getByText(/^\d+ of 10,000 sessions$/).waitFor();
    });
});

test("keeps a row that is read under the pointer and the keyboard", async () => {
    await with_({ sessions: 500 }, async (page, mock) => {
        const row = page.locator(".sessions .grid-space .row").nth(3);
        await row.hover();
        const key = await row.evaluate((element) => element.querySelector(".path").textContent);
        for (const each of mock.sessions) {
            if (each.transfer !== null) {
                each.transfer.bytes_per_second = Math.floor(1e9 / (1 + each.transfer.bytes_per_second / 1e6));
            }
        }
        await page.getByText("order held while you point at it").waitFor();
        assert.equal(await row.evaluate((element) => element.querySelector(".path").textContent), key);
        await page.mouse.move(5, 5);
        await page.getByText("order held while you point at it").waitFor({ state: "hidden" });
    });
});

test("shows hostile names and does nothing else with them", async () => {
    await with_({ sessions: 300, hostile: HOSTILE }, async (page) => {
        await live(page);
        for (const title of PAGES.filter((each) => each !== "Health")) {
            await choose(page, title);
            await page.getByText("<script>alert(1)</script>").first().waitFor({ state: "attached" });
            if (title !== "Accounts" && title !== "Now") {
                for (const shown of [
                    "invoice\\u202Efdp.exe",
                    "a\\u2066b\\u200Bc\\uFEFFd",
                    "new\\nline\\ttab\\x1B[31mred\\x00",
                    "caf\\xE9",
                ]) {
                    await page.locator(".page:not([hidden])", { hasText: shown }).waitFor();
                }
            }
            const foreign = await page.evaluate(() => ({
                raw: /[\u202e\u2066\u200b\ufeff]/.test(document.body.innerText),
                elements: document.querySelectorAll("main script, main img, main iframe").length,
                wide: document.documentElement.scrollWidth > innerWidth,
            }));
            assert.deepEqual(foreign, { raw: false, elements: 0, wide: false }, title);
            await accessible(page, `hostile ${title}`);
        }
        // All of a long name is in the row's dialog, and wraps there.
        await choose(page, "Now");
        await page.getByRole("searchbox").first().fill("WWWW");
        await page.getByText(/^1 of 300 sessions$/).waitFor();
        await page.locator(".sessions .grid-space .row", { hasText: "WWWW" }).focus();
        await page.keyboard.press("Enter");
        await page.getByRole("dialog").getByText("W".repeat(255)).first().waitFor();
        assert.ok(await page.getByRole("dialog").evaluate((element) => element.scrollWidth <= element.clientWidth));
    });
});

test("is worked by the keyboard alone", async () => {
    await with_({ sessions: 300 }, async (page, mock) => {
        await live(page);
        const rows = page.locator(".sessions .grid-space .row");
        await rows.nth(2).waitFor();
        // Tab from the filter over segments and order into the table.
        await page.keyboard.press("/");
        for (
            let steps = 0;
            steps < 12 && !(await page.evaluate(() => document.activeElement.closest(".grid") !== null));
            steps += 1
        ) {
            await page.keyboard.press("Tab");
        }
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press("ArrowDown");
        const name = await page.evaluate(() => document.activeElement.className);
        assert.match(name, /^row/);
        await page.keyboard.press("k");
        await page.getByRole("dialog", { name: "End a session" }).waitFor();
        await page.keyboard.press("Escape");
        await page.getByRole("dialog").waitFor({ state: "detached" });
        assert.equal(await page.evaluate(() => document.activeElement.className), name);
        assert.deepEqual(mock.done, []);
        await page.keyboard.press("4");
        await page.locator('h1:text-is("Bans")').waitFor({ state: "attached" });
        await page.goBack();
        await page.locator('h1:text-is("Now")').waitFor({ state: "attached" });
        assert.equal(new URL(page.url()).hash + new URL(page.url()).search, "");
    });
});

test("kicks, bans, lifts, disables and says what was refused", async () => {
    await with_({ sessions: 300 }, async (page, mock) => {
        const row = page.locator(".sessions .grid-space .row").first();
        await row.getByRole("button", { name: "Kick" }).click();
        await page.getByRole("dialog").getByRole("button", { name: "End it" }).click();
        await page.getByRole("status").getByText("Ended session 4f1c-").waitFor();
        assert.equal(mock.done[0].command, "kick");
        await row.getByRole("button", { name: "Kick" }).click();
        const [, session] = /\((4f1c-\d+)\)/.exec(await page.getByRole("dialog").innerText());
        mock.sessions = mock.sessions.filter((each) => each.session !== session);
        await page.getByRole("dialog").getByRole("button", { name: "End it" }).click();
        await page.getByRole("alert").getByText("There is no such session any more.").waitFor();
        await accessible(page, "a refusal");
        await page.keyboard.press("Escape");
        await page.mouse.move(5, 5);
        await row.getByRole("button", { name: "Ban" }).click();
        await accessible(page, "the ban dialog");
        await page.getByRole("dialog").getByRole("button", { name: "Ban it" }).click();
        await choose(page, "Bans");
        await page.getByRole("button", { name: "Lift the ban of" }).click();
        await page.getByRole("dialog").getByRole("button", { name: "Lift it" }).click();
        await page.getByText("No address is banned.").waitFor();
        await choose(page, "Accounts");
        await page.locator(".accounts .row", { hasText: "carol" }).getByRole("button", { name: "Disable" }).click();
        await page.getByRole("dialog").getByRole("button", { name: "Disable it" }).click();
        await page.locator(".accounts .row", { hasText: "carol" }).getByText("✗ disabled").waitFor();
        assert.deepEqual(
            mock.done.map((each) => each.command),
            ["kick", "ban", "unban", "disable"],
        );
        assert.equal(mock.done[1].seconds, 1800);
    });
});

test("shows viewers and administrators of a group what is theirs", async () => {
    await with_({ sessions: 30, role: "viewer" }, async (page) => {
        await page.locator(".sessions .grid-space .row").first().waitFor();
        assert.equal(await page.getByRole("button", { name: /^(Kick|Ban|Disable)$/ }).count(), 0);
        await choose(page, "Bans");
        assert.equal(await page.getByRole("button", { name: "Ban an address" }).count(), 0);
        await accessible(page, "a viewer's page");
    });
    await with_({ sessions: 30, role: "group-admin" }, async (page) => {
        await page.locator(".sessions .grid-space .row").first().waitFor();
        assert.deepEqual(await page.getByRole("navigation").getByRole("button").allTextContents(), PAGES.slice(0, 3));
        assert.ok((await page.getByRole("button", { name: "Kick" }).count()) > 0);
        assert.equal(await page.getByRole("button", { name: "Ban", exact: true }).count(), 0);
        await accessible(page, "a group administrator's page");
    });
});

test("says that the connection is lost, and goes on when it is back", async () => {
    await with_({ sessions: 30 }, async (page, mock, url) => {
        await live(page);
        await mock.stop();
        await page.getByText("✗ connection lost").waitFor();
        await accessible(page, "a lost connection");
        await mock.start(Number(new URL(url).port));
        await live(page);
        await page.locator(".sessions .grid-space .row").first().waitFor();
    });
});

test("tells who is not signed in how to", async () => {
    await with_({ sessions: 30 }, async (page, mock, url) => {
        await live(page);
        assert.equal(page.url(), url);
        await page.getByRole("button", { name: "Sign out" }).click();
        await page.getByText("You are signed out.").waitFor();
        await page.getByText("ftpd web login --role admin", { exact: true }).waitFor();
        await accessible(page, "the signed-out page");
        await page.goto(`${url}#login=old`);
        await page.getByText("This link was used, or is too old.").waitFor();
        await page.goto(`${url}#login=good`);
        await live(page);
        mock.signedIn = false;
        await page.getByRole("button", { name: "Bans", exact: true }).click();
        await page.getByText("Your session has ended.").waitFor();
    });
});

test("changes its theme by a button, and draws what a canvas shows anew", async () => {
    await with_({ sessions: 30 }, async (page) => {
        await live(page);
        const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
        const before = await ground();
        await page.getByRole("button", { name: "☾ Dark" }).click();
        assert.notEqual(await ground(), before);
        await page.locator(".chart canvas").waitFor();
        await accessible(page, "the theme that was chosen");
    });
});
