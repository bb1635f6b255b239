package dev.zeroftpd.transfer;

import dev.zeroftpd.transfer.bandwidth.Throttle;
import dev.zeroftpd.transfer.channel.DataChannelOpener;
import dev.zeroftpd.transfer.result.StreamReason;

/**
 * One transfer through this process's buffers. Immutable.
 *
 * @param reason why it cannot go by {@code sendfile(2)}
 * @param throttle closed by the engine
 * @param startedNanos {@link System#nanoTime()} when the data connection was asked for
 */
public record StreamSpec(
        DataChannelOpener channel, StreamTask task, StreamReason reason, Throttle throttle, long startedNanos) {}
