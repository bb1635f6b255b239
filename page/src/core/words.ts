// The server's words in whole sentences: why a transfer was streamed and how it ended.

/** Why bytes went through the server's buffers, and what would change that. */
const REASONS: Record<string, string> = {
    TLS: "The data connection is encrypted, and only the server itself can encrypt. Clients that protect only log-in and commands (PROT C) get zero-copy.",
    "ASCII type": "The client asked for ASCII (TYPE A), so line ends are converted. Binary (TYPE I) avoids that.",
    "MODE Z": "The client asked for compression (MODE Z), which the server has to compute.",
    upload: "What clients send is always received through the server's buffers.",
    listing: "Directory listings are made by the server; there is no file to send as it is.",
    "switched off": "transfer.zero-copy is off in the server's configuration.",
    "excluded file system": "The file is on a type of file system that transfer.zero-copy-exclude names.",
    "refused by device": "The kernel can't send from this device directly, as it showed when the server tried.",
    "other file system provider": "The file isn't on a file system of the operating system.",
    "file system of the embedder": "The file comes from the application that the server is embedded in.",
};

export function whyStreamed(reason: string): string {
    return REASONS[reason] ?? `Bytes went through the server's buffers: ${reason}.`;
}

/** Outcomes of transfers, the good one first. */
export const OUTCOMES = [
    "completed",
    "refused",
    "no-data-connection",
    "closed-by-client",
    "stalled",
    "tls-truncated",
    "client-vanished",
    "aborted",
    "source-changed",
    "failed",
    "disk-full",
    "quota-exceeded",
    "not-permitted",
    "rejected",
];

export const REASON_NAMES = Object.keys(REASONS);

/** An arrow that tells the direction without colour, and its word. */
export function direction(word: string): [arrow: string, text: string] {
    switch (word) {
        case "upload":
            return ["↑", "upload"];
        case "listing":
            return ["≡", "listing"];
        default:
            return ["↓", word];
    }
}

/** The direction of a verb's transfer. */
export function directionOf(verb: string): string {
    switch (verb) {
        case "STOR":
        case "STOU":
        case "APPE":
            return "upload";
        case "RETR":
            return "download";
        default:
            return "listing";
    }
}
