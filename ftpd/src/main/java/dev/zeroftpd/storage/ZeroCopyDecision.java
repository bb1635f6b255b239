package dev.zeroftpd.storage;

import dev.zeroftpd.config.TransferSettings;
import dev.zeroftpd.config.ZeroCopyMode;
import dev.zeroftpd.transfer.ZeroCopyProbe;
import dev.zeroftpd.transfer.result.StreamReason;
import dev.zeroftpd.transfer.result.Way;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether an opened regular file of the local file system may be sent by {@code sendfile(2)}. Thread-safe. */
public final class ZeroCopyDecision {

    private static final Logger LOG = LoggerFactory.getLogger(ZeroCopyDecision.class);

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
        try {
            Optional<StreamReason> reason = probe.reasonToStream(file, device);
            return reason.isPresent() ? Way.streamed(reason.get()) : Way.zeroCopy();
        } catch (IOException e) {
            LOG.debug("Device {} can't be asked for sendfile", device, e);
            return Way.streamed(StreamReason.REFUSED_BY_DEVICE);
        }
    }
}
