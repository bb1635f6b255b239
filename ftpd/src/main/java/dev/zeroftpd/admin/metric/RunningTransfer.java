package dev.zeroftpd.admin.metric;

import dev.zeroftpd.transfer.result.Direction;
import dev.zeroftpd.transfer.result.Way;

/**
 * How far a transfer was when a scraper asked. Immutable.
 *
 * @param bytes on the data connection so far, as clients count them
 */
public record RunningTransfer(Direction direction, Way way, long bytes) {}
