// The page for those who sit elsewhere or see no colours; before a server of simulated records. Run by PageIT: ASSETS is the folder of
// the built page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { choose, live, PAGES, shared, simulated, tab } from "./browser.mjs";
import { bans } from "./mock-data.mjs";

const chromium = shared();
const with_ = (options, action, context) => simulated(chromium, options, action, context);

/** Half an hour before midnight in London: an evening in Los Angeles, a morning in Adelaide. */
const NOW = Date.parse("2026-01-15T23:30:00Z");

const shown = (page, selector) => page.locator(`.page:not([hidden]) ${selector}`);

/** What one viewer reads of all times that there are. */
async function times(page) {
    await live(page);
    const text = async (locator) => (await locator.first().innerText()).replaceAll("\n", " ");
    const read = { footer: await text(page.locator("footer")), reach: await text(page.locator(".reach")) };
    await page.getByRole("button", { name: "As a table" }).click();
    read.chart = await text(page.locator(".chart-table tbody th"));
    await shown(page, ".grid-space .row").first().focus();
    await page.keyboard.press("Enter");
    read.session = await text(page.getByRole("dialog").locator("dt:text-is('Since') + dd"));
    await page.keyboard.press("Escape");
    await choose(page, "Transfers");
    read.transfer = await text(shown(page, "tr:has-text('the-only-one') .time"));
    await choose(page, "Accounts");
    await shown(page, ".row:has-text('press')").focus();
    await page.keyboard.press("Enter");
    read.account = await text(page.getByRole("dialog").locator("dt:text-is('Expires') + dd"));
    await page.keyboard.press("Escape");
    await choose(page, "Bans");
    read.ban = await text(shown(page, "tr:has-text('203.0.113.9') td").nth(2));
    await choose(page, "Health");
    read.certificate = await text(shown(page, ".tile:has-text('Certificate') .more"));
    read.reload = await text(shown(page, ".tile:has-text('Last reload') .more"));
    await choose(page, "Log");
    read.log = await text(shown(page, "li:has-text('of that moment') .time"));
    return read;
}

test("shows each viewer the times of their own zone", async () => {
    const zones = {
        "America/Los_Angeles": {
            started: "12 Jan 2026, 15:30:00",
            now: "15 Jan 2026, 15:30:00",
            hour: "14:30",
            first: "14 Jan 2026, 15:31:00",
            ends: "16 Jan 2026, 02:36:40",
        },
        "Australia/Adelaide": {
            started: "13 Jan 2026, 10:00:00",
            now: "16 Jan 2026, 10:00:00",
            hour: "09:00",
            first: "15 Jan 2026, 10:01:00",
            ends: "16 Jan 2026, 21:06:40",
        },
    };
    const records = { sessions: 30, now: NOW, bans: bans(NOW - 1500_000) };
    await with_(records, async (_, mock, url) => {
        const now = new Date(NOW).toISOString();
        mock.sessions[0].since = now;
        mock.sessions[0].transfer.bytes_per_second = 1e10;
        Object.assign(mock.ended.at(-1), { time: now, path: "/the-only-one" });
        Object.assign(mock.accounts[6], { expires: now });
        mock.log = [{ time: now, level: "INFO", logger: "test", text: "of that moment" }];
        // Both look at the same server at the same time.
        await Promise.all(
            Object.entries(zones).map(async ([timezoneId, expected]) => {
                const opened = await tab(chromium.browser, { timezoneId });
                await opened.page.goto(`${url}#login=good`);
                const read = await times(opened.page);
                assert.ok(read.footer.includes(`started ${expected.started}`), read.footer);
                assert.ok(read.footer.includes(`Times are in your zone, ${timezoneId}.`), read.footer);
                assert.ok(read.footer.includes(`signed in until ${expected.ends}, or 30 min after`), read.footer);
                assert.equal(read.reach, `Numbers are kept for 1 d; the oldest are of ${expected.first}.`);
                assert.equal(read.chart, expected.hour);
                for (const where of ["session", "account", "ban"]) {
                    assert.ok(read[where].startsWith(expected.now), `${where}: ${read[where]}`);
                }
                assert.equal(read.transfer, expected.now);
                assert.equal(read.log, expected.now);
                const apart = (text, days, hours) => {
                    const day = Number(expected.now.slice(0, 2)) + days;
                    const hour = String(Number(expected.now.slice(13, 15)) + hours).padStart(2, "0");
                    return text.includes(`${day} Jan 2026, ${hour}${expected.now.slice(15)}`);
                };
                assert.ok(apart(read.certificate, 12, 0), read.certificate);
                assert.ok(apart(read.reload, 0, -1), read.reload);
                await opened.close();
            }),
        );
    });
});

test("tells by words and shapes whatever it tells by colour", async () => {
    const records = { sessions: 120, bans: bans(Date.now()) };
    await with_(
        records,
        async (page, mock) => {
            const { findings } = mock.health;
            findings.push({ severity: "wrong", about: "disk", text: "is full", remedy: "Make room." });
            mock.health.heap_bytes = mock.health.heap_most;
            mock.log[0].level = "ERROR";
            await live(page);
            const signs = new Map();
            for (const title of PAGES) {
                await choose(page, title);
                await shown(page, ":is(.grid-space .row, tbody tr, li)").first().waitFor({ state: "attached" });
                // A badge's colour is a matter of its kind, and no two kinds begin with the same sign.
                for (const [kind, text] of await page.evaluate(() =>
                    [...document.querySelectorAll(".badge")]
                        .filter((each) => each.checkVisibility())
                        .map((each) => [/\b(good|warn|bad|plain)\b/.exec(each.className)[0], each.innerText]),
                )) {
                    assert.match(text, /^\S/, `a badge on ${title}`);
                    const [sign] = text;
                    assert.equal(signs.get(sign) ?? kind, kind, `${sign} on ${title}`);
                    signs.set(sign, kind);
                }
                const unsaid = await page.evaluate(() => ({
                    bars: [...document.querySelectorAll("progress:is(.near, .full)")]
                        .filter((each) => each.checkVisibility() && !/[▲■]/.test(each.parentElement.innerText))
                        .map((each) => each.parentElement.innerText),
                    lines: [...document.querySelectorAll(".log-lines :is(.warn, .error)")]
                        .map((each) => each.innerText)
                        .filter((text) => !/ (WARN|ERROR) /.test(text)),
                    pressed: [...document.querySelectorAll("[aria-pressed]")]
                        .filter((each) => each.checkVisibility())
                        .filter((each) => {
                            const isSaid = /✓/.test(getComputedStyle(each, "::before").content);
                            return isSaid !== (each.getAttribute("aria-pressed") === "true");
                        })
                        .map((each) => each.innerText),
                    current: [...document.querySelectorAll("nav button")]
                        .filter((each) => getComputedStyle(each).textDecorationLine === "underline")
                        .map((each) => each.innerText),
                }));
                assert.deepEqual(unsaid, { bars: [], lines: [], pressed: [], current: [title] }, title);
            }
            const kinds = new Set(signs.values());
            assert.deepEqual([...kinds].sort(), ["bad", "good", "plain", "warn"]);
            await choose(page, "Log");
            assert.equal(await shown(page, ".log-lines .error").count(), 1);
            // How far a bar is filled is seen in the system's colours.
            await page.evaluate(() => {
                const bar = document.createElement("progress");
                bar.id = "bar";
                document.querySelector("main").prepend(bar);
            });
            const pictures = [];
            for (const value of [0, 0.6]) {
                await page.locator("#bar").evaluate((bar, now) => {
                    bar.value = now;
                }, value);
                pictures.push(await page.locator("#bar").screenshot());
            }
            assert.notDeepEqual(pictures[0], pictures[1]);
            // Lines of the chart, and the legend that names them.
            await choose(page, "Now");
            const strokes = await page
                .locator(".legend .stroke")
                .evaluateAll((all) => all.map((each) => getComputedStyle(each).borderTopStyle));
            assert.deepEqual(strokes, ["solid", "dashed", "dotted"]);
        },
        { forcedColors: "active" },
    );
});
