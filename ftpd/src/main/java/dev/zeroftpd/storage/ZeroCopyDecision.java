package dev.zeroftpd.storage;

import dev.zeroftpd.config.TransferSettings;
import dev.zeroftpd.config.ZeroCopyMode;
import dev.zeroftpd.transfer.StreamReason;
import dev.zeroftpd.transfer.TransferPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Whether an opened regular file of the local file system may be sent by {@code sendfile(2)}, asked once per device.
 * Thread-safe.
 *
 * <p>The answer is remembered because asking costs over 100 µs, and for a minute only because the kernel gives the device
 * numbers of unmounted file systems to new ones.
 */
final class ZeroCopyDecision {

    private static final long REMEMBERED_NANOS = 60_000_000_000L;

    private final boolean switchedOff;
    private final Set<String> excludedTypes;
    private final SendfileProbe probe;
    private final LongSupplier nanoTime;
    private final ConcurrentHashMap<Long, Answer> answers = new ConcurrentHashMap<>();

    ZeroCopyDecision(TransferSettings settings, SendfileProbe probe, LongSupplier nanoTime) {
        this.switchedOff = settings.zeroCopy() == ZeroCopyMode.OFF;
        this.excludedTypes = settings.zeroCopyExclude();
        this.probe = probe;
        this.nanoTime = nanoTime;
    }

    /** @param file a path that leads to the open file itself */
    TransferPath pathOf(long device, Path file) {
        if (switchedOff) {
            return TransferPath.streamed(StreamReason.SWITCHED_OFF);
        }
        Answer known = answers.get(device);
        if (known != null && nanoTime.getAsLong() - known.askedNanos() < REMEMBERED_NANOS) {
            return known.path();
        }
        TransferPath path = ask(file);
        answers.put(device, new Answer(path, nanoTime.getAsLong()));
        return path;
    }

    private TransferPath ask(Path file) {
        String type;
        try {
            type = Files.getFileStore(file).type();
        } catch (IOException unknown) {
            // Not in the mount table (another mount namespace, perhaps): the probe alone decides.
            type = "";
        }
        if (isExcluded(type)) {
            return TransferPath.streamed(StreamReason.EXCLUDED_FILE_SYSTEM);
        }
        return probe.worksFor(file) ? TransferPath.zeroCopy() : TransferPath.streamed(StreamReason.REFUSED_BY_DEVICE);
    }

    /** {@code fuse} excludes {@code fuse.sshfs} too. */
    private boolean isExcluded(String type) {
        int dot = type.indexOf('.');
        return excludedTypes.contains(type) || (dot > 0 && excludedTypes.contains(type.substring(0, dot)));
    }

    private record Answer(TransferPath path, long askedNanos) {}
}
