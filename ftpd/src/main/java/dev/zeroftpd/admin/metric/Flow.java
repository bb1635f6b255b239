package dev.zeroftpd.admin.metric;

import dev.zeroftpd.transfer.result.Direction;
import dev.zeroftpd.transfer.result.Way;

/** Bytes that go in one direction, by one way and for one reason. Immutable. */
public record Flow(Direction direction, Way way) {}
