package dev.zeroftpd.storage;

import dev.zeroftpd.config.TransferSettings;
import dev.zeroftpd.config.ZeroCopyMode;
import dev.zeroftpd.transfer.ZeroCopyProbe;
import dev.zeroftpd.transfer.result.StreamReason;
import dev.zeroftpd.transfer.result.Way;
import java.nio.file.Path;

/** Whether an opened regular file of the local file system may be sent by {@code sendfile(2)}. Thread-safe. */
public final class ZeroCopyDecision {

    private final boolean switchedOff;
    private final ZeroCopyProbe probe;

    public ZeroCopyDecision(TransferSettings settings) {
        this.switchedOff = settings.zeroCopy() == ZeroCopyMode.OFF;
        this.probe = new ZeroCopyProbe(settings.zeroCopyExclude());
    }

    /**
     * By which way an open file is sent.
     *
     * @param file a path that leads to the open file itself
     */
    public Way wayOf(long device, Path file) {
        if (switchedOff) {
            return Way.streamed(StreamReason.SWITCHED_OFF);
        }
        return probe.reasonToStream(file, device).map(Way::streamed).orElseGet(Way::zeroCopy);
    }
}
