// Keys that work anywhere on the page. Single keys can be switched off: speech and some assistive devices type them by mistake.
import { show } from "./dialog";
import { h } from "./dom";

let isOn = true;

const HELP: [key: string, text: string][] = [
    ["1 … 6", "choose a page"],
    ["/", "go to the filter"],
    ["p", "pause and go on, on Transfers and Log"],
    ["?", "this list"],
    ["↑ ↓ PgUp PgDn Home End", "move in a table, once it has the focus"],
    ["Enter", "all about the row"],
    ["k", "end the session of the row"],
    ["b", "ban the address of the row"],
    ["d", "disable or enable the account of the row"],
    ["Esc", "close a dialog"],
];

export function showKeys(): void {
    const choice = h("input", {
        type: "checkbox",
        checked: isOn,
        onchange: () => {
            isOn = choice.checked;
        },
    });
    show("Keys", [
        h(
            "dl",
            { class: "facts keys" },
            ...HELP.flatMap(([key, text]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, text)]),
        ),
        h("label", { class: "choice" }, choice, h("span", {}, "Single keys work")),
    ]);
}

/** Whether keys in a table mean something. */
export function singleKeys(): boolean {
    return isOn;
}

/** @param press gets single keys pressed outside of fields and dialogs; says whether it knew the key */
export function listen(press: (key: string) => boolean): () => void {
    const listener = (event: KeyboardEvent) => {
        const target = event.target as HTMLElement;
        const isTyping = target.matches("input, select, textarea") || document.querySelector("dialog[open]") !== null;
        if (isTyping || event.ctrlKey || event.altKey || event.metaKey) {
            return;
        }
        if (event.key === "?") {
            showKeys();
            event.preventDefault();
        } else if (isOn && press(event.key)) {
            event.preventDefault();
        }
    };
    document.addEventListener("keydown", listener);
    return () => document.removeEventListener("keydown", listener);
}
