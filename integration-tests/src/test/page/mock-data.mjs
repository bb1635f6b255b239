// Made-up sessions, transfers and the like, the same in each run: what a busy server could tell.

/** Numbers below 1 that only look random. */
export function random(seed) {
    let state = seed;
    return () => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return state / 2 ** 32;
    };
}

const next = random(20261130);
const pick = (list) => list[Math.floor(next() * list.length)];
const MIB = 1024 * 1024;
const USERS = ["alice", "bob", "carol", "mirror", "render-farm", "backup", "press", "studio-7", "anonymous"];
const FOLDERS = ["/", "/in", "/pub/releases", "/render/shots/s01", "/backup/daily", "/press/2026"];
const FILES = [
    "installer-5.2.iso",
    "frame_00412.exr",
    "db-dump.tar.zst",
    "catalogue.pdf",
    "übersicht.csv",
    "cut-3.mov",
];

/** Names that try to be more than names. */
export const HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "invoice\u202Efdp.exe",
    "a\u2066b\u200Bc\uFEFFd",
    "new\nline\ttab\u001b[31mred\u0000",
    "caf\udce9 not utf-8",
    "\u0301".repeat(60),
    "ن".repeat(127),
    "W".repeat(255),
    "javascript:alert(1)//%0A'\"`${alert(1)}{{7*7}}",
];

export function sessions(number, now) {
    return Array.from({ length: number }, (_, at) => {
        const isBusy = at % 12 === 0;
        const folder = pick(FOLDERS);
        const tls = next() < 0.4;
        const upload = next() < 0.25;
        const [way, reason] = upload ? ["streamed", "upload"] : tls ? ["streamed", "TLS"] : ["zero-copy", null];
        const size = Math.floor((1 + next() * 4000) * MIB);
        return {
            session: `4f1c-${at + 1}`,
            user: at % 97 === 13 ? null : pick(USERS),
            address: `198.51.${Math.floor(at / 250) % 256}.${(at % 250) + 1}`,
            network: `198.51.${Math.floor(at / 250) % 256}.${(at % 250) + 1}`,
            tls,
            since: new Date(now - Math.floor(next() * 4 * 3600_000)).toISOString(),
            idle_seconds: isBusy ? 0 : Math.floor(next() * 240),
            directory: at % 97 === 13 ? null : folder,
            transfer: isBusy
                ? {
                      verb: upload ? "STOR" : "RETR",
                      path: `${folder === "/" ? "" : folder}/${pick(FILES)}`,
                      bytes: Math.floor(size * next() * 0.6),
                      size: upload ? null : size,
                      bytes_per_second: Math.floor((0.2 + next() * 60) * MIB),
                      way,
                      reason,
                  }
                : null,
        };
    });
}

export function ended(id, at) {
    const tls = next() < 0.4;
    const upload = next() < 0.3;
    const [way, reason] = upload ? ["streamed", "upload"] : tls ? ["streamed", "TLS"] : ["zero-copy", null];
    const outcome = next() < 0.9 ? "completed" : pick(["aborted", "closed-by-client", "stalled", "refused"]);
    const isRefused = outcome === "refused";
    const bytes = Math.floor(next() * 900 * MIB);
    return {
        id: String(id),
        time: new Date(at).toISOString(),
        direction: upload ? "upload" : "download",
        user: pick(USERS),
        address: `198.51.100.${1 + Math.floor(next() * 200)}`,
        tls,
        session: `4f1c-${1 + Math.floor(next() * 500)}`,
        path: `${pick(FOLDERS)}/${pick(FILES)}`.replace("//", "/"),
        verb: upload ? "STOR" : "RETR",
        bytes: isRefused ? null : bytes,
        seconds: isRefused ? null : Math.round((0.1 + next() * 20) * 1000) / 1000,
        way: isRefused ? null : way,
        reason: isRefused ? null : reason,
        outcome,
        detail: isRefused ? "550 Permission denied" : null,
    };
}

export function accounts() {
    return USERS.map((user, at) => ({
        user,
        enabled: user !== "press",
        groups: at % 2 === 0 ? ["team"] : [],
        role: user === "alice" ? "admin" : user === "bob" ? "admin:team" : "user",
        home: `/srv/ftp/${user}`,
        tls_required: at % 3 === 0,
        expires: at === 6 ? "2027-01-31T00:00:00Z" : null,
        sessions: at,
        rights: [
            { path: "/", permissions: "all" },
            { path: "/in", permissions: "upload,list" },
        ],
        folders: at === 0 ? [{ path: "/shared", target: "/srv/shared", read_only: true }] : [],
        bytes: at === 7 ? null : (at + 1) * 1100 * MIB,
        bytes_limit: at === 7 ? null : 10240 * MIB,
        files: at * 120,
        files_limit: at === 4 ? 500 : null,
        warn_percent: 80,
        counting: at === 7 ? 1234 : null,
    }));
}

export function health(now) {
    return {
        state: "serving",
        uptime_seconds: 86400 * 3 + 7300,
        findings: [
            {
                severity: "doubtful",
                about: "certificate default",
                text: "ends in 12 days",
                remedy: "Renew it; the server reads the new file by itself.",
            },
            { severity: "fine", about: "passive ports", text: "81 of 1,000 are in use", remedy: null },
            { severity: "fine", about: "homes", text: "all 9 are there", remedy: null },
        ],
        heap_bytes: 92 * MIB,
        heap_most: 256 * MIB,
        threads: { control: 3, command: 2, loops: 2 },
        passive_ports: { busy: 81, all: 1000 },
        hook_queue: 0,
        certificates: [{ name: "default", until: new Date(now + 12 * 86400_000).toISOString() }],
        reload: {
            time: new Date(now - 3600_000).toISOString(),
            ok: true,
            text: "Configuration reloaded; nothing changed",
        },
    };
}

export function log(now, number) {
    return Array.from({ length: number }, (_, at) => ({
        time: new Date(now - (number - at) * 700).toISOString(),
        level: at % 17 === 5 ? "WARN" : "INFO",
        logger: at % 17 === 5 ? "dev.zeroftpd.event.login-failed" : "dev.zeroftpd.transfer-log",
        text:
            at % 17 === 5
                ? '- 203.0.113.9 LOGIN "root" failed: wrong name or password'
                : `${pick(USERS)} 198.51.100.7 RETR "/pub/releases/${pick(FILES)}", 1048576 bytes, 0.1 s, zero-copy, completed`,
    }));
}

export function history(now) {
    const end = Math.floor(now / 60_000) * 60;
    const time = Array.from({ length: 1440 }, (_, at) => end - (1439 - at) * 60);
    const wave = (base, swing, noise) =>
        time.map((t) =>
            Math.max(0, Math.round(base + swing * Math.sin((t / 86400) * 2 * Math.PI) + noise * (next() - 0.5))),
        );
    const streamed = wave(60 * MIB, 35 * MIB, 20 * MIB);
    return {
        step_seconds: 60,
        kept_seconds: 86400,
        time,
        sessions: wave(900, 500, 80),
        transfers: wave(70, 40, 20),
        download_zero_copy: wave(300 * MIB, 160 * MIB, 90 * MIB),
        download_streamed: streamed,
        upload: wave(40 * MIB, 25 * MIB, 30 * MIB),
        logins: wave(12, 6, 8),
        failed_logins: wave(1, 1, 3),
        refused: wave(0, 1, 1),
        reasons: {
            TLS: streamed.map((each) => Math.round(each * 0.9)),
            "ASCII type": streamed.map((each) => Math.round(each * 0.1)),
        },
    };
}

export function bans(now) {
    return [
        {
            address: "203.0.113.9",
            by: "guesses",
            until: new Date(now + 1500_000).toISOString(),
            why: "10 wrong passwords",
        },
        { address: "192.0.2.0/24", by: "operator", until: null, why: "by Sam, from the page" },
        { address: "2001:db8::/64", by: "guesses", until: new Date(now + 86000_000).toISOString(), why: null },
    ];
}

/** As a server sends it that was started just now. */
export function emptyHistory(now) {
    const end = Math.floor(now / 60_000) * 60;
    const time = Array.from({ length: 1440 }, (_, at) => end - (1439 - at) * 60);
    const columns = [
        "sessions",
        "transfers",
        "download_zero_copy",
        "download_streamed",
        "upload",
        "logins",
        "failed_logins",
        "refused",
    ];
    return {
        step_seconds: 60,
        kept_seconds: 86400,
        time,
        reasons: {},
        ...Object.fromEntries(columns.map((each) => [each, time.map(() => null)])),
    };
}
