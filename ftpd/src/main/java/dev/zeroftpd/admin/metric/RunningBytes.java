package dev.zeroftpd.admin.metric;

import dev.zeroftpd.transfer.result.Direction;
import dev.zeroftpd.transfer.result.Way;

/**
 * What a running transfer had moved when a scraper asked. Immutable.
 *
 * @param bytes on the data connection so far, as clients count them
 */
public record RunningBytes(Direction direction, Way way, long bytes) {}
