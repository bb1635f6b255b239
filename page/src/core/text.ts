// How text of strangers is shown: names of files, accounts and whatever a client sent. It may hold any character; what can't be
// seen, or changes how its neighbours are shown, is shown as an escape.

/** A piece of a text. An escape stands for one character and is drawn with a border, so that no name can fake one. */
export interface Piece {
    text: string;
    escape: boolean;
}

/** The most characters shown of one text; a path on Linux has at most 4,096 bytes. */
const MOST = 4096;

// Control, format (bidirectional overrides among them), surrogate, private and unassigned characters, separators other than the
// blank, and letters that are blank: Hangul fillers, the combining grapheme joiner, the empty Braille pattern.
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}\u115f\u1160\u2800\u3164\uffa0]|\u034f|(?! )\p{Zs}/u;

// Marks that stack on one letter: more than these four would reach into the lines above and below.
const STACK = /^\p{M}{5,}$/u;

const SHORT: Record<string, string> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function escapeOf(character: string): string {
    const known = SHORT[character];
    if (known !== undefined) {
        return known;
    }
    const code = character.codePointAt(0) ?? 0;
    if (code >= 0xdc80 && code <= 0xdcff) {
        // A byte of a name that isn't UTF-8.
        return `\\x${(code - 0xdc00).toString(16).toUpperCase()}`;
    }
    if (code <= 0xff) {
        return `\\x${code.toString(16).toUpperCase().padStart(2, "0")}`;
    }
    const digits = code.toString(16).toUpperCase().padStart(4, "0");
    return digits.length > 4 ? `\\u{${digits}}` : `\\u${digits}`;
}

/** The pieces that a text is shown as. */
export function pieces(text: string): Piece[] {
    const result: Piece[] = [];
    let plain = "";
    let marks = "";
    const flush = () => {
        if (plain !== "") {
            result.push({ text: plain, escape: false });
            plain = "";
        }
    };
    const characters = [...text];
    for (const character of characters.slice(0, MOST)) {
        marks = /\p{M}/u.test(character) ? marks + character : "";
        if (UNSEEN.test(character) || STACK.test(marks)) {
            flush();
            result.push({ text: escapeOf(character), escape: true });
        } else {
            plain += character;
        }
    }
    flush();
    if (characters.length > MOST) {
        result.push({ text: "…", escape: true });
    }
    return result;
}

/** The same as one string, for places that take no elements: labels, titles of dialogs. */
export function plain(text: string): string {
    return pieces(text)
        .map((piece) => piece.text)
        .join("");
}
