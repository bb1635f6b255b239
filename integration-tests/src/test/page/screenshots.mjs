// Takes the pictures of docs/live.md, of a server of simulated records. Usage: ASSETS=… node screenshots.mjs FOLDER
import { join } from "node:path";
import { choose, launch, live, tab } from "./browser.mjs";
import { Mock } from "./mock.mjs";
import { bans } from "./mock-data.mjs";

const folder = process.argv[2];
const WIDE = { width: 1280, height: 900 };
const pictures = [
    ["now.png", "Now", { viewport: WIDE }],
    ["transfers-dark.png", "Transfers", { viewport: WIDE, colorScheme: "dark" }],
    ["phone.png", "Now", { viewport: { width: 390, height: 844 } }],
];

const browser = await launch();
const mock = new Mock({ assets: process.env.ASSETS, sessions: 1204, bans: bans(Date.now()) });
const url = await mock.start();
for (const [file, title, options] of pictures) {
    const { page, close } = await tab(browser, options);
    await page.goto(url);
    await live(page);
    await choose(page, title);
    await page.locator(".page:not([hidden]) :is(.grid-space .row, tbody tr)").nth(3).waitFor();
    await page.screenshot({ path: join(folder, file) });
    await close();
}
await browser.close();
await mock.stop();
