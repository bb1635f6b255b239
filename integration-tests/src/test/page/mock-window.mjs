// The part of all sessions that a page shows.

/** What a stream is told of the sessions: the order of the window, and the rows that changed since it was told last. */
export function windowOf(
    sessions,
    stream,
    { offset = 0, limit = 60, sort = "since", descending = false, filter = "" },
) {
    const key = {
        rate: (each) => each.transfer?.bytes_per_second ?? -1,
        bytes: (each) => each.transfer?.bytes ?? -1,
        idle: (each) => each.idle_seconds,
        since: (each) => each.since,
        user: (each) => each.user ?? "",
        address: (each) => each.address,
        directory: (each) => each.directory ?? "",
    }[sort];
    const words = filter.trim();
    const matching = sessions.filter((each) =>
        words === "transferring"
            ? each.transfer !== null
            : words === "streamed" || words === "zero-copy"
              ? each.transfer?.way === words
              : `${each.user} ${each.address} ${each.directory} ${each.transfer?.path}`.includes(words),
    );
    const compare = (a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0);
    matching.sort((a, b) => (descending ? -compare(a, b) : compare(a, b)));
    const from = Math.max(0, Math.min(offset, matching.length - limit));
    const order = matching.slice(from, from + limit);
    const rows = order.filter((each) => stream.sent.get(each.session) !== JSON.stringify(each));
    stream.sent = new Map(order.map((each) => [each.session, JSON.stringify(each)]));
    return {
        total: sessions.length,
        matching: matching.length,
        offset: from,
        order: order.map((each) => each.session),
        rows,
    };
}
