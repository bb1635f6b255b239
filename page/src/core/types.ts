// What the server answers: the JSON of its HTTP interface, field by field. Times are ISO 8601 in UTC unless they say otherwise.

export type Role = "viewer" | "admin" | "group-admin";

export interface Session {
    name: string;
    role: Role;
    group: string | null;
    /** How long it lasts without an open page. */
    idle_seconds: number;
    /** When it ends at the latest. */
    ends: string;
}

export interface Listener {
    name: string;
    address: string;
    tls: string;
}

export interface Hello {
    stream: string;
    server: { version: string; started: string; time: string; listeners: Listener[] };
    me: Session;
}

export interface StreamedBy {
    direction: string;
    reason: string;
    bytes_per_second: number;
}

/** What is missing is not for the administrators of a group. Rates are bytes a second. */
export interface Totals {
    time: string;
    sessions: number;
    before_login?: number;
    transfers: number;
    uploads: number;
    rates: { download_zero_copy: number; download_streamed: number; upload: number };
    reasons: StreamedBy[];
    logins?: number;
    failed_logins?: number;
    refused?: number;
    bans?: number;
    draining: boolean;
}

export interface RunningTransfer {
    verb: string;
    path: string;
    bytes: number;
    size: number | null;
    bytes_per_second: number;
    way: string | null;
    reason: string | null;
}

export interface FtpSession {
    session: string;
    user: string | null;
    address: string;
    /** As much of the address as one client can't change: what to ban. */
    network: string;
    tls: boolean;
    since: string;
    idle_seconds: number;
    directory: string | null;
    transfer: RunningTransfer | null;
}

export interface SessionsEvent {
    total: number;
    matching: number;
    offset: number;
    order: string[];
    rows: FtpSession[];
}

export interface EndedTransfer {
    time: string;
    direction: string;
    user: string | null;
    address: string;
    tls: boolean;
    session: string;
    path: string;
    verb: string | null;
    bytes: number | null;
    seconds: number | null;
    way: string | null;
    reason: string | null;
    outcome: string;
    detail: string | null;
}

export interface TransfersEvent {
    reset: boolean;
    left_out: number;
    entries: EndedTransfer[];
}

export interface OlderTransfers {
    entries: EndedTransfer[];
    next: string | null;
    kept: number;
    oldest: string | null;
}

export interface Account {
    user: string;
    enabled: boolean;
    groups: string[];
    role: string;
    home: string;
    tls_required: boolean;
    expires: string | null;
    sessions: number;
    rights: { path: string; permissions: string }[];
    folders: { path: string; target: string; read_only: boolean }[];
    bytes: number | null;
    bytes_limit: number | null;
    files: number | null;
    files_limit: number | null;
    warn_percent: number | null;
    counting: number | null;
}

export interface AccountsEvent {
    total: number;
    matching: number;
    offset: number;
    rows: Account[];
}

export interface Ban {
    address: string;
    by: string;
    until: string | null;
    why: string | null;
}

export interface BansEvent {
    total: number;
    rows: Ban[];
}

export interface Finding {
    severity: "fine" | "doubtful" | "wrong";
    about: string;
    text: string;
    remedy: string | null;
}

export interface HealthEvent {
    state: string;
    uptime_seconds: number;
    findings: Finding[];
    heap_bytes: number;
    heap_most: number;
    threads: Record<string, number>;
    passive_ports: { busy: number; all: number | null };
    hook_queue: number | null;
    certificates: { name: string; until: string }[];
    reload: { time: string; ok: boolean; text: string } | null;
}

export interface LogLine {
    time: string;
    level: string;
    logger: string;
    text: string;
}

export interface LogEvent {
    reset: boolean;
    left_out: number;
    lines: LogLine[];
}

type Column = (number | null)[];

/** Times in it are seconds since 1970. */
export interface History {
    step_seconds: number;
    kept_seconds: number;
    time: number[];
    sessions: Column;
    transfers: Column;
    download_zero_copy: Column;
    download_streamed: Column;
    upload: Column;
    logins: Column;
    failed_logins: Column;
    refused: Column;
    reasons: Record<string, Column>;
}

/** One point of a history; time is seconds since 1970. */
export interface Sample {
    time: number;
    sessions: number;
    transfers: number;
    download_zero_copy: number;
    download_streamed: number;
    upload: number;
    logins: number;
    failed_logins: number;
    refused: number;
    reasons: Record<string, number>;
}

/** What the stream tells, by the name of the event. */
export interface Events {
    hello: Hello;
    totals: Totals;
    sample: Sample;
    sessions: SessionsEvent;
    transfers: TransfersEvent;
    accounts: AccountsEvent;
    bans: BansEvent;
    health: HealthEvent;
    log: LogEvent;
    end: { why: "signed-out" | "expired" | "stopping" | "elsewhere" };
}

export type ViewName = "now" | "transfers" | "accounts" | "bans" | "health" | "log";

/** What POST api/view says beside the stream. */
export type View = { view: ViewName | "none" } & Record<string, unknown>;
