// The page for those who have no mouse; before a server of simulated records. Run by PageIT: ASSETS is the folder of the built page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { live, PAGES, shared, simulated } from "./browser.mjs";
import { bans } from "./mock-data.mjs";

const chromium = shared();
const with_ = (options, action, context) => simulated(chromium, options, action, context);
const shown = (page, selector) => page.locator(`.page:not([hidden]) ${selector}`);

/** Tabs once through all that there is. Each stop has to show that it has the focus; what can be pressed has to be one, or be in a row. */
async function tabThrough(page, where) {
    await page.evaluate(() => {
        globalThis.stops = new Set();
    });
    for (let isNew = true; isNew; ) {
        await page.keyboard.press("Tab");
        const stop = await page.evaluate(() => {
            const element = document.activeElement;
            const style = getComputedStyle(element);
            // The body stands for the browser's own buttons, between the last stop and the first.
            const isNew = !globalThis.stops.has(element);
            globalThis.stops.add(element);
            const { top, bottom } = element.getBoundingClientRect();
            return {
                isNew,
                isSeen:
                    element === document.body ||
                    (style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) >= 2),
                isInSight: bottom > 0 && top < innerHeight,
                text: `${element.tagName} ${element.className} ${element.innerText}`.slice(0, 80),
            };
        });
        isNew = stop.isNew;
        assert.ok(!isNew || (stop.isSeen && stop.isInSight), `the focus on ${stop.text}, on ${where}, can't be seen`);
    }
    const missed = await page.evaluate(() =>
        [...document.querySelectorAll("button, a[href], input, select")]
            .filter((each) => each.checkVisibility() && !each.disabled && !globalThis.stops.has(each))
            .filter((each) => !each.matches(".grid button[tabindex='-1']"))
            .map((each) => each.outerHTML),
    );
    assert.deepEqual(missed, [], `what Tab doesn't reach on ${where}`);
}

/** Where the focus is: the text of the element, or of what it is in. */
function focused(page) {
    return page.evaluate(() => {
        const element = document.activeElement;
        return element === document.body
            ? "nowhere"
            : (element.labels?.[0] ?? element).innerText.replace(/\s+/g, " ").trim();
    });
}

/** Presses Tab until something with this text has the focus. */
async function tabTo(page, text) {
    for (let steps = 0; steps < 60; steps += 1) {
        await page.keyboard.press("Tab");
        if (text.test(await focused(page))) {
            return;
        }
    }
    assert.fail(`Tab doesn't lead to ${text}`);
}

async function ticks(page, mock, number) {
    const until = mock.frames + number;
    while (mock.frames < until) {
        await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(drawn)));
    }
}

/** Answers a dialog that has come, by the keyboard, and waits until it is gone. */
async function answer(page, name, button) {
    await page.getByRole("dialog", { name, exact: true }).waitFor();
    await tabTo(page, button);
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name, exact: true }).waitFor({ state: "detached" });
}

for (const forcedColors of ["none", "active"]) {
    test(`shows where the keyboard is on every page, forced colours ${forcedColors}`, async () => {
        await with_(
            { sessions: 60, bans: bans(Date.now()) },
            async (page) => {
                await live(page);
                for (const [at, title] of PAGES.entries()) {
                    await page.keyboard.press(String(at + 1));
                    await page.locator(`h1:text-is("${title}")`).waitFor({ state: "attached" });
                    await shown(page, ":is(.grid-space .row, tbody tr, li)").first().waitFor({ state: "attached" });
                    await tabThrough(page, title);
                }
            },
            { forcedColors },
        );
    });
}

test("does everything by keys: sessions", async () => {
    await with_({ sessions: 60 }, async (page, mock) => {
        await live(page);
        await shown(page, ".grid-space .row").nth(2).waitFor();
        await page.keyboard.press("/");
        await page.keyboard.type("198.51.0.1");
        await page.getByText(/^\d+ of 60 sessions$/).waitFor();
        await tabTo(page, /^All$/);
        await page.keyboard.press("Space");
        await page.getByText("60 sessions", { exact: true }).waitFor();
        await tabTo(page, /^Order/);
        await page.keyboard.press("End");
        await page.locator("[aria-sort=descending]", { hasText: "Idle" }).waitFor();
        await page.keyboard.press("Home");
        await page.locator("[aria-sort=descending]", { hasText: "Rate" }).waitFor();
        await shown(page, ".grid-space .row[aria-rowindex='2']:has-text('MiB/s')").waitFor();
        await page.keyboard.press("Tab");
        await page.keyboard.press("ArrowDown");
        // The row keeps the focus wherever it goes: the fastest becomes the slowest.
        const row = await focused(page);
        const session = () => page.evaluate(() => document.activeElement.querySelector(".c-address")?.innerText);
        const address = await session();
        for (const { transfer } of mock.sessions) {
            if (transfer !== null) {
                transfer.bytes_per_second = Math.floor(1e15 / (1 + transfer.bytes_per_second));
            }
        }
        await ticks(page, mock, 3);
        assert.equal(await session(), address, row);
        // And when it ends, its table has it.
        mock.sessions = mock.sessions.filter((each) => address.split(/\s/)[0] !== each.address);
        await page.getByText("59 sessions", { exact: true }).waitFor();
        await ticks(page, mock, 2);
        assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), "Sessions");
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press("Enter");
        await page.getByRole("dialog", { name: "Session" }).waitFor();
        await tabTo(page, /^Kick$/);
        await page.keyboard.press("Enter");
        await answer(page, "End a session", /^End it$/);
        assert.equal(await focused(page), "Kick");
        await page.keyboard.press("Escape");
        await page.getByRole("dialog").waitFor({ state: "detached" });
        await page.getByText("58 sessions", { exact: true }).waitFor();
        assert.equal(await page.evaluate(() => document.activeElement.closest(".grid") !== null), true);
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press("b");
        await answer(page, "Ban an address", /^Ban it$/);
        await page.getByText("57 sessions", { exact: true }).waitFor();
        await ticks(page, mock, 2);
        assert.equal(await page.evaluate(() => document.activeElement.closest(".grid") !== null), true);
        assert.deepEqual(
            mock.done.map((each) => each.command),
            ["kick", "ban"],
        );
        // The last session ends: there is no table any more.
        mock.sessions = [];
        await page.getByText("No client is connected.").waitFor();
        assert.notEqual(await focused(page), "nowhere");
    });
});

test("does everything by keys: transfers and the log", async () => {
    await with_({ sessions: 60 }, async (page, mock) => {
        await live(page);
        await page.keyboard.press("2");
        await page.locator("tbody tr").first().waitFor();
        await page.keyboard.press("/");
        await page.keyboard.type("a");
        for (const [label, word] of [
            ["Outcome", "completed"],
            ["Way", "streamed"],
            ["Streamed because of", "TLS"],
            ["Direction", "download"],
        ]) {
            await tabTo(page, new RegExp(`^${label}`));
            await page.keyboard.type(word);
            assert.equal(await page.getByLabel(label).inputValue(), word);
        }
        await ticks(page, mock, 5);
        assert.match(await focused(page), /^Direction/);
        await tabTo(page, /^Pause$/);
        await page.keyboard.press("Enter");
        assert.equal(await focused(page), "Go on");
        await page.keyboard.press("Enter");
        await ticks(page, mock, 2);
        await tabTo(page, /^Show older ones$/);
        await page.keyboard.press("Enter");
        await page.getByText(/the server knows \d+/).waitFor();
        assert.equal(await focused(page), "Show older ones");
        while (await page.getByRole("button", { name: "Show older ones" }).isVisible()) {
            await page.keyboard.press("Enter");
            await ticks(page, mock, 1);
        }
        assert.equal(await focused(page), "Pause");
        await page.keyboard.press("6");
        await page.locator(".log-lines li").first().waitFor();
        await tabTo(page, /^Least level/);
        await page.keyboard.type("WARN");
        await page.keyboard.press("p");
        assert.equal(await page.getByLabel("Least level").inputValue(), "WARN");
        await tabTo(page, /RETR/);
        const top = () => page.locator(".log").evaluate((element) => element.scrollTop);
        const before = await top();
        await page.keyboard.press("Home");
        await page.waitForFunction((was) => document.querySelector(".log").scrollTop < was, before);
        await page.keyboard.press("p");
        await page.getByText("paused, 0 more since").waitFor();
    });
});

test("does everything by keys: accounts and bans", async () => {
    await with_({ sessions: 60, bans: bans(Date.now()) }, async (page, mock) => {
        await live(page);
        await page.keyboard.press("3");
        const row = shown(page, ".grid-space .row");
        await row.first().waitFor();
        await page.keyboard.press("/");
        await tabTo(page, /^Account/);
        await page.keyboard.press("ArrowDown");
        assert.match(await focused(page), /^alice/);
        await page.keyboard.press("d");
        await answer(page, "Disable an account", /^Disable it$/);
        await row.first().getByText("✗ disabled").waitFor();
        assert.match(await focused(page), /^alice/);
        // With single keys switched off, by what Enter shows.
        await page.keyboard.press("?");
        await tabTo(page, /^Single keys work$/);
        await page.keyboard.press("Space");
        await page.keyboard.press("Escape");
        assert.match(await focused(page), /^alice/);
        await page.keyboard.press("d");
        await page.keyboard.press("Enter");
        await answer(page, "Account", /^Enable$/);
        await answer(page, "Enable an account", /^Enable it$/);
        await row.first().getByText("✗ disabled").waitFor({ state: "hidden" });
        assert.match(await focused(page), /^alice/);
        await page.keyboard.press("?");
        await tabTo(page, /^Single keys work$/);
        await page.keyboard.press("Space");
        await page.keyboard.press("Escape");

        await page.keyboard.press("4");
        await page.locator("tbody tr", { hasText: "192.0.2.0" }).waitFor();
        await tabTo(page, /^Lift the ban of 192/);
        // Others come and go around it.
        mock.bans = [{ ...mock.bans[0], address: "192.0.1.1" }, ...mock.bans.filter((each) => each.by === "operator")];
        await page.locator("tbody tr", { hasText: "192.0.1.1" }).waitFor();
        assert.match(await focused(page), /^Lift the ban of 192.0.2.0/);
        // Its own ends: the next one has the focus.
        mock.bans = [mock.bans[0]];
        await page.locator("tbody tr", { hasText: "192.0.2.0" }).waitFor({ state: "detached" });
        assert.match(await focused(page), /^Lift the ban of 192.0.1.1/);
        await page.keyboard.press("Enter");
        await answer(page, "Lift a ban", /^Lift it$/);
        await page.getByText("No address is banned.").waitFor();
        await ticks(page, mock, 2);
        assert.notEqual(await focused(page), "nowhere");
        await tabTo(page, /^Ban an address/);
        await page.keyboard.press("Enter");
        await page.getByRole("dialog").waitFor();
        await page.keyboard.type("192.0.2.77");
        await page.keyboard.press("Enter");
        await page.locator("tbody tr", { hasText: "192.0.2.77" }).waitFor();
        assert.equal(await focused(page), "Ban an address…");
        await tabTo(page, /^Lift an address/);
        await page.keyboard.press("Enter");
        await page.getByRole("dialog").waitFor();
        await page.keyboard.type("192.0.2.77");
        await page.keyboard.press("Enter");
        await page.getByText("No address is banned.").waitFor();
        assert.equal(await focused(page), "Lift an address…");
        await tabTo(page, /^Sign out$/);
        await page.keyboard.press("Enter");
        await page.getByText("You are signed out.").waitFor();
    });
});
