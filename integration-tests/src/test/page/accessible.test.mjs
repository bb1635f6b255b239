// Every page before axe, in both themes, on a wide screen and on a phone. Run by PageIT: ASSETS is the folder of the built page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { accessible, choose, live, PAGES, shared, simulated } from "./browser.mjs";
import { bans } from "./mock-data.mjs";

const chromium = shared();
const WIDE = { width: 1440, height: 950 };
const PHONE = { width: 360, height: 740 };

for (const [colorScheme, viewport] of [
    ["light", WIDE],
    ["dark", WIDE],
    ["dark", PHONE],
]) {
    test(`is accessible on every page, ${colorScheme}, ${viewport.width} wide`, async () => {
        await simulated(
            chromium,
            { sessions: 60, bans: bans(Date.now()) },
            async (page) => {
                await live(page);
                for (const title of PAGES) {
                    await choose(page, title);
                    await page
                        .locator(".page:not([hidden]) :is(.grid-space .row, tbody tr, li)")
                        .nth(1)
                        .waitFor({ state: "attached" });
                    await accessible(page, title);
                    const width = await page.evaluate(() => document.documentElement.scrollWidth);
                    assert.ok(width <= viewport.width, `${title} is ${width} wide`);
                }
                await page.keyboard.press("?");
                await accessible(page, "the list of keys");
            },
            { colorScheme, viewport },
        );
    });
}
