// What an administrator does from a row: end sessions, ban addresses, switch accounts off, each asked before.
import type { App } from "../core/app";
import { ask } from "../core/dialog";
import { field, h, name, options } from "../core/dom";
import type { FtpSession } from "../core/types";

const BAN_TIMES: [string, string][] = [
    ["300", "5 minutes"],
    ["1800", "30 minutes"],
    ["3600", "1 hour"],
    ["86400", "1 day"],
    ["604800", "7 days"],
    ["", "until it is lifted"],
];

function choice(group: string, value: string, checked: boolean, ...text: (Node | string)[]): HTMLElement {
    return h(
        "label",
        { class: "choice" },
        h("input", { type: "radio", name: group, value, checked }),
        h("span", {}, ...text),
    );
}

/** Which of a dialog's radio buttons is chosen. */
function chosen(fields: HTMLElement): string {
    return fields.querySelector<HTMLInputElement>("input:checked")?.value ?? "";
}

export function askToKick(app: App, session: FtpSession): void {
    const targets = h("fieldset", {}, h("legend", {}, "What to end"));
    targets.append(choice("kick", "session", true, "This session (", name(session.session), ")"));
    if (session.user !== null) {
        targets.append(choice("kick", "user", false, "All sessions of ", name(session.user)));
    }
    if (app.mayBan) {
        targets.append(choice("kick", "address", false, "All sessions from ", name(session.address)));
    }
    const disable = h("input", { type: "checkbox" });
    ask({
        title: "End a session",
        body: [
            h(
                "p",
                {},
                session.user === null ? "Not logged in" : name(session.user),
                ", from ",
                name(session.address),
                session.transfer === null ? "." : ". Its transfer is cut off: ",
                session.transfer !== null && name(session.transfer.path),
            ),
            targets,
            session.user !== null &&
                h(
                    "label",
                    { class: "choice" },
                    disable,
                    h("span", {}, "Also disable the account, so that it can't log in"),
                ),
        ],
        action: "End it",
        run: () => {
            const target = chosen(targets);
            const command: Record<string, unknown> = { command: "kick" };
            command[target] =
                target === "user" ? session.user : target === "address" ? session.address : session.session;
            if (disable.checked) {
                command.disable = true;
            }
            return app.act(command);
        },
    });
}

function addressField(value: string): HTMLInputElement {
    return h("input", {
        type: "text",
        value,
        required: true,
        maxlength: "100",
        spellcheck: "false",
        autocomplete: "off",
        placeholder: "192.0.2.7 or 192.0.2.0/24",
    });
}

/** @param address what the field holds at first; empty to type one */
export function askToBan(app: App, address: string): void {
    const input = addressField(address);
    const time = options(h("select"), BAN_TIMES);
    time.value = "1800";
    ask({
        title: "Ban an address",
        body: [
            h("p", {}, "Its sessions end at once, and it can't connect while the ban lasts."),
            field("Address or network", input),
            field("For how long", time),
        ],
        action: "Ban it",
        run: () => {
            const command: Record<string, unknown> = { command: "ban", address: input.value.trim() };
            if (time.value !== "") {
                command.seconds = Number(time.value);
            }
            return app.act(command);
        },
    });
}

export function askToLift(app: App, address: string): void {
    ask({
        title: "Lift a ban",
        body: [h("p", {}, name(address), " can connect again.")],
        action: "Lift it",
        run: () => app.act({ command: "unban", address }),
    });
}

/** For bans that the list has no room for. */
export function askToLiftAny(app: App): void {
    const input = addressField("");
    ask({
        title: "Lift a ban",
        body: [h("p", {}, "As it was banned: the address, or the whole network."), field("Address or network", input)],
        action: "Lift it",
        run: () => app.act({ command: "unban", address: input.value.trim() }),
    });
}

export function askToDisable(app: App, user: string): void {
    ask({
        title: "Disable an account",
        body: [h("p", {}, name(user), " can't log in any more, and its sessions end at once.")],
        action: "Disable it",
        run: () => app.act({ command: "disable", user }),
    });
}

export function askToEnable(app: App, user: string): void {
    ask({
        title: "Enable an account",
        body: [h("p", {}, name(user), " can log in again.")],
        action: "Enable it",
        run: () => app.act({ command: "enable", user }),
    });
}
