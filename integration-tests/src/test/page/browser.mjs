// Debian's chromium, and what every test asserts of a page: no error, no violation of the security policy, nothing in its address, axe clean.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before } from "node:test";
import { chromium } from "playwright-core";
import { Mock } from "./mock.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Only a page that hangs is waited for so long. */
const PATIENCE = 15_000;

export const PAGES = ["Now", "Transfers", "Accounts", "Bans", "Health", "Log"];

export async function launch(...args) {
    return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args });
}

/** A tab whose errors fail the test: {page, problems, close}. */
export async function tab(browser, options = {}) {
    const context = await browser.newContext({
        viewport: { width: 1440, height: 950 },
        colorScheme: "light",
        locale: "en-GB",
        timezoneId: "Europe/Berlin",
        ...options,
    });
    context.setDefaultTimeout(PATIENCE);
    // Past the page's policy, which would refuse it.
    await context.addInitScript({ content: AXE });
    const page = await context.newPage();
    const problems = [];
    page.on("pageerror", (error) => problems.push(`error: ${error.message}`));
    page.on("dialog", (dialog) => {
        problems.push(`script of a stranger: ${dialog.message()}`);
        void dialog.dismiss();
    });
    page.on("console", (message) => {
        // The browser itself notes answers of 401 and lost connections there; those are tested by what the page shows.
        if (message.type() === "error" && !/Failed to load resource|net::ERR/.test(message.text())) {
            problems.push(`console: ${message.text()}`);
        }
    });
    const origins = new Set();
    page.on("request", (request) => {
        if (!request.url().startsWith("data:")) {
            const { origin, search } = new URL(request.url());
            origins.add(origin);
            if (search !== "") {
                problems.push(`what is looked at is in an address: ${request.url()}`);
            }
        }
    });
    return {
        page,
        problems,
        async close() {
            const { search, hash } = new URL(page.url());
            await context.close();
            assert.equal(search + hash, "", "what the address says of what is looked at");
            assert.deepEqual(problems, [], "errors and violations of the security policy");
            assert.ok(origins.size <= 1, `third parties were asked: ${[...origins]}`);
        },
    };
}

/** Chooses one of the pages and waits until it is shown. */
export async function choose(page, title) {
    await page.getByRole("navigation").getByRole("button", { name: title, exact: true }).click();
    await page.locator(`h1:text-is("${title}")`).waitFor({ state: "attached" });
}

export async function live(page) {
    await page.getByText("● live").waitFor();
}

/** Asserts that axe finds nothing, in the theme of now. */
export async function accessible(page, what) {
    const found = await page.evaluate(async () => {
        const result = await globalThis.axe.run(document, { resultTypes: ["violations"] });
        return result.violations.map(
            (each) =>
                `${each.id}: ${each.help}: ${each.nodes.map((node) => `${node.target} ${node.failureSummary}`).join(" | ")}`,
        );
    });
    assert.deepEqual(found, [], `axe on ${what}`);
}

/** One chromium for all tests of a file: {browser} once they run. */
export function shared() {
    const started = { browser: null };
    before(async () => {
        started.browser = await launch();
    });
    after(() => started.browser.close());
    return started;
}

/** Opens the page of a simulated server, signed in, does something with it, and asserts that nothing went wrong. */
export async function simulated(started, options, action, context = {}) {
    const mock = new Mock({ assets: process.env.ASSETS, ...options });
    const url = await mock.start();
    try {
        const opened = await tab(started.browser, context);
        await opened.page.goto(`${url}#login=good`);
        await action(opened.page, mock, url);
        await opened.close();
    } finally {
        await mock.stop();
    }
}
