// Light or dark: as the system says, or as the viewer chose until the page is closed.
import { attribute, h, setText } from "./dom";

function isDark(): boolean {
    const chosen = document.documentElement.dataset.theme;
    return chosen === undefined ? matchMedia("(prefers-color-scheme: dark)").matches : chosen === "dark";
}

/** The button that changes it. */
export function themeButton(): HTMLButtonElement {
    const button = h("button", { type: "button", class: "quiet" });
    const update = () => setText(button, isDark() ? "☀ Light" : "☾ Dark");
    button.addEventListener("click", () => {
        attribute(document.documentElement, "data-theme", isDark() ? "light" : "dark");
        update();
        document.dispatchEvent(new Event("themechange"));
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", update);
    update();
    return button;
}
