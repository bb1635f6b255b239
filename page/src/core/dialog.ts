// Dialogs: what an act means, asked before it is done.
import { sentence } from "./app";
import { type Child, h, newId, setText } from "./dom";
import { plain } from "./text";

interface Question {
    title: string;
    body: Child[];
    /** What the button says, as a verb. */
    action: string;
    /** Throws what the server refused; the dialog stays open and shows it. */
    run: () => Promise<void>;
}

/** Shows a dialog with a button to close it; the caller gets the element to add buttons and to know its end ("close"). */
export function show(title: string, body: Child[], buttons: Child[] = [], close = "Close"): HTMLDialogElement {
    const id = newId();
    const dialog = h(
        "dialog",
        { "aria-labelledby": id },
        h("h2", { id }, title),
        h("div", { class: "dialog-body" }, ...body),
        h(
            "div",
            { class: "dialog-buttons" },
            h("button", { type: "button", onclick: () => dialog.close() }, close),
            ...buttons,
        ),
    );
    const before = document.activeElement;
    // A row may be gone by then, because of what the dialog did: its table stays.
    const around = [before, before?.closest(".grid"), before?.closest("main")];
    dialog.addEventListener("close", () => {
        dialog.remove();
        const left = around.find((each) => each instanceof HTMLElement && each.isConnected && isShown(each));
        if (left instanceof HTMLElement) {
            left.focus();
        }
    });
    // A click beside the dialog closes it.
    dialog.addEventListener("pointerdown", (event) => {
        if (event.target === dialog) {
            dialog.close();
        }
    });
    document.body.append(dialog);
    dialog.showModal();
    return dialog;
}

function isShown(element: HTMLElement): boolean {
    return element.getClientRects().length > 0;
}

/** Asks before something is done that can't be taken back. */
export function ask(question: Question): void {
    const error = h("p", { class: "error", role: "alert" });
    const button = h("button", { type: "submit", class: "danger" }, question.action);
    const form = h("form", {}, ...question.body, error);
    const dialog = show(question.title, [form], [button], "Cancel");
    const submit = async (event: Event) => {
        event.preventDefault();
        button.disabled = true;
        setText(error, "");
        try {
            await question.run();
            dialog.close();
        } catch (problem) {
            setText(error, plain(sentence(problem)));
            button.disabled = false;
            button.focus(); // it lost the focus while it was disabled
        }
    };
    form.addEventListener("submit", (event) => void submit(event));
    button.addEventListener("click", (event) => {
        if (form.reportValidity()) {
            void submit(event);
        }
    });
}
