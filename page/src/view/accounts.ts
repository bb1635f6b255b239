// Accounts: what each may do, what it has stored, who is near the limit.
import type { App, Page } from "../core/app";
import { show } from "../core/dialog";
import { attribute, field, h, hide, later, name, options, setName, setText } from "../core/dom";
import { bytes, count, distance, percent, when } from "../core/format";
import type { Account, AccountsEvent, View } from "../core/types";
import { Grid } from "../table/grid";
import { type Column, cell, part, type RowKind } from "../table/row";
import { askToDisable, askToEnable } from "./acts";

const COLUMNS: Column[] = [
    { title: "Account", sort: "name", className: "c-user" },
    { title: "Role, groups", className: "c-role" },
    { title: "Sessions", className: "c-sessions" },
    { title: "Stored", sort: "used", className: "c-quota" },
    { title: "Rights", className: "c-rights" },
    { title: "Act", className: "c-act" },
];

type Fill = "none" | "fine" | "near" | "full";

/** Where an account stands against its limits: the nearer of bytes and files. */
function fill(account: Account): { level: Fill; percent: number } {
    const parts = [
        account.bytes_limit === null || account.bytes === null ? null : percent(account.bytes, account.bytes_limit),
        account.files_limit === null || account.files === null ? null : percent(account.files, account.files_limit),
    ].filter((each) => each !== null);
    if (parts.length === 0) {
        return { level: "none", percent: 0 };
    }
    const most = Math.max(...parts);
    return { level: most >= 100 ? "full" : most >= (account.warn_percent ?? 80) ? "near" : "fine", percent: most };
}

function stored(account: Account): string {
    if (account.counting !== null) {
        return `counting, ${count(account.counting)} files so far`;
    }
    const size =
        account.bytes === null
            ? ""
            : bytes(account.bytes) + (account.bytes_limit === null ? "" : ` of ${bytes(account.bytes_limit)}`);
    const files =
        account.files === null
            ? ""
            : `${count(account.files)}${account.files_limit === null ? "" : ` of ${count(account.files_limit)}`} files`;
    const isLimited = account.bytes_limit !== null || account.files_limit !== null;
    return [size, files].filter((each) => each !== "").join(", ") || (isLimited ? "not counted yet" : "no limit");
}

const LEVELS: Record<Fill, string> = { none: "", fine: "", near: "▲ near the limit", full: "■ full" };

function rights(account: Account): string {
    return account.rights.map((each) => `${each.path} ${each.permissions}`).join("; ");
}

function rows(acts: ((user: string) => HTMLElement[]) | null): RowKind<Account> {
    return {
        key: (account) => account.user,
        make(account) {
            return h(
                "div",
                { class: "row", role: "row" },
                cell("c-user", name("", "user"), h("span", { class: "badge bad off" }, "✗ disabled")),
                cell("c-role", name("", "role")),
                cell("c-sessions", h("span", { class: "sessions" })),
                cell(
                    "c-quota",
                    h("progress", { max: "100", "aria-label": "Used of the quota" }),
                    h("span", { class: "stored" }),
                    h("span", { class: "level badge" }),
                ),
                cell("c-rights", name("", "rights")),
                cell("c-act", ...(acts === null ? [] : acts(account.user))),
            );
        },
        update(row, account) {
            setName(part(row, "user"), account.user);
            attribute(part(row, "off"), "hidden", account.enabled);
            setName(part(row, "role"), [account.role, ...account.groups].join(", "));
            setText(part(row, "sessions"), account.sessions === 0 ? "–" : count(account.sessions));
            const { level, percent: used } = fill(account);
            const progress = part(row, "c-quota").firstElementChild as HTMLProgressElement;
            attribute(progress, "hidden", level === "none");
            progress.value = used;
            progress.className = level;
            setText(part(row, "stored"), stored(account));
            const badge = part(row, "level");
            attribute(badge, "hidden", LEVELS[level] === "");
            badge.classList.toggle("bad", level === "full");
            badge.classList.toggle("warn", level === "near");
            setText(badge, LEVELS[level]);
            setName(part(row, "rights"), rights(account));
            const button = row.querySelector("button");
            if (button !== null) {
                setText(button, account.enabled ? "Disable" : "Enable");
            }
        },
    };
}

export class AccountsPage implements Page {
    readonly name = "accounts";
    readonly title = "Accounts";
    readonly element: HTMLElement;
    readonly filter = h("input", {
        type: "search",
        maxlength: "200",
        spellcheck: "false",
        placeholder: "name or group",
    });
    private readonly grid: Grid<Account>;
    private readonly order = options(h("select"), [
        ["name", "by name"],
        ["used+", "nearest to the limit first"],
    ]);
    private readonly counted = h("p", { class: "counted" });
    private readonly empty = h("p", { class: "empty", hidden: true });

    constructor(private readonly app: App) {
        this.grid = new Grid<Account>(
            {
                label: "Accounts",
                columns: app.mayAct ? COLUMNS : COLUMNS.slice(0, -1),
                rows: rows(app.mayAct ? (user) => this.rowButtons(user) : null),
                onChange: () => this.changed(),
                keys: ["Enter", "d"],
                onKey: (key, account) => this.key(key, account),
            },
            "name",
            false,
        );
        this.order.addEventListener("change", () => {
            this.grid.order(this.order.value.replace("+", ""), this.order.value.endsWith("+"));
        });
        this.filter.addEventListener(
            "input",
            later(250, () => {
                this.grid.toTop();
                app.refresh();
            }),
        );
        this.element = h(
            "section",
            { class: "page card accounts", "aria-labelledby": "accounts-title" },
            h("h2", { id: "accounts-title" }, "Accounts"),
            h("div", { class: "toolbar" }, field("Filter", this.filter), field("Order", this.order), this.counted),
            this.empty,
            this.grid.element,
        );
        app.stream.on("accounts", (event) => this.receive(event));
    }

    view(): View {
        return {
            view: "accounts",
            accounts: {
                ...this.grid.window(),
                sort: this.grid.sort,
                descending: this.grid.descending,
                filter: this.filter.value,
            },
        };
    }

    shown(): void {
        this.grid.draw();
    }

    private changed(): void {
        const chosen = this.grid.sort + (this.grid.descending ? "+" : "");
        this.order.value = chosen === "name" || chosen === "used+" ? chosen : "";
        this.app.refresh();
    }

    private receive(event: AccountsEvent): void {
        const { total, matching } = event;
        this.grid.show(event.offset, matching, event.rows);
        setText(
            this.counted,
            matching === total ? `${count(total)} accounts` : `${count(matching)} of ${count(total)} accounts`,
        );
        attribute(this.empty, "hidden", matching > 0);
        hide(this.grid.element, matching === 0, this.filter);
        setText(
            this.empty,
            total === 0
                ? "There are no accounts. Add one on the server: ftpd user add NAME --home DIRECTORY"
                : "No account matches. Clear the filter to see all.",
        );
    }

    /** In a row, the keyboard has "d" for it. */
    private rowButtons(user: string): HTMLElement[] {
        const toggle = () => this.toggle(this.grid.record(user));
        return [h("button", { type: "button", class: "small", tabindex: "-1", onclick: toggle }, "Disable")];
    }

    private toggle(account: Account | undefined): void {
        if (account !== undefined) {
            (account.enabled ? askToDisable : askToEnable)(this.app, account.user);
        }
    }

    private key(key: string, account: Account): void {
        if (key === "Enter") {
            open(account, this.app.mayAct ? () => this.toggle(account) : null);
        } else if (key === "d" && this.app.mayAct) {
            this.toggle(account);
        }
    }
}

/** @param toggle asks whether to disable or enable it; null for viewers */
function open(account: Account, toggle: (() => void) | null): void {
    const lines = (texts: string[]) => h("ul", {}, ...texts.map((text) => h("li", {}, name(text))));
    const facts: [string, Node | string][] = [
        ["Account", name(account.user)],
        ["State", account.enabled ? "enabled" : "disabled"],
        ["Role", name(account.role)],
        ["Groups", account.groups.length === 0 ? "none" : lines(account.groups)],
        ["Home", name(account.home)],
        ["Rights", lines(account.rights.map((each) => `${each.path}: ${each.permissions}`))],
        [
            "Folders",
            account.folders.length === 0
                ? "none"
                : lines(
                      account.folders.map(
                          (each) => `${each.path} → ${each.target}${each.read_only ? " (read only)" : ""}`,
                      ),
                  ),
        ],
        ["Stored", stored(account)],
        ["Encryption", account.tls_required ? "required" : "not required"],
        ["Expires", account.expires === null ? "never" : `${when(account.expires)} (${distance(account.expires)})`],
        ["Sessions", count(account.sessions)],
    ];
    const list = h(
        "dl",
        { class: "facts" },
        ...facts.flatMap(([term, value]) => [h("dt", {}, term), h("dd", {}, value)]),
    );
    const button = h("button", { type: "button" }, account.enabled ? "Disable" : "Enable");
    const dialog = show("Account", [list], toggle === null ? [] : [button]);
    button.addEventListener("click", () => {
        // What it shows will be old.
        dialog.addEventListener("close", () => toggle?.());
        dialog.close();
    });
}
