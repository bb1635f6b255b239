package dev.zeroftpd.transfer;

import dev.zeroftpd.os.SendFileTrial;
import dev.zeroftpd.transfer.result.StreamReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says whether files of a device may go by {@code sendfile(2)}. Any thread. May block as opening a file may.
 *
 * <p>Where the kernel refuses sendfile, the JDK silently falls back to copies, and on network file systems a file that
 * was cut elsewhere looks like one that is still in transit. So the device is checked first.
 */
public final class ZeroCopyProbe {

    private static final Logger LOG = LoggerFactory.getLogger(ZeroCopyProbe.class);

    /** Device numbers are used again after an unmount; asking once a minute costs nothing. */
    private static final long FRESH_NANOS = TimeUnit.MINUTES.toNanos(1);

    private record Verdict(Optional<StreamReason> reason, long asked) {}

    private final Set<String> excludedTypes;
    private final SendFileTrial trial;
    private final LongSupplier nanoTime;
    private final Map<Long, Verdict> verdicts = new ConcurrentHashMap<>();

    /** Excludes file systems by type as the operating system names it; "fuse" covers "fuse.sshfs" too. */
    public ZeroCopyProbe(Set<String> excludedTypes) {
        this(excludedTypes, SendFileTrial.ofThisSystem(), System::nanoTime);
    }

    ZeroCopyProbe(Set<String> excludedTypes, SendFileTrial trial, LongSupplier nanoTime) {
        this.excludedTypes = Set.copyOf(excludedTypes);
        this.trial = trial;
        this.nanoTime = nanoTime;
    }

    /**
     * Why files of this device have to be streamed; empty if they need not.
     *
     * @param file a regular file that can be opened for reading; {@code /proc/self/fd/N} is fine
     * @param device number of the device that it lies on
     */
    public Optional<StreamReason> reasonToStream(Path file, long device) {
        long now = nanoTime.getAsLong();
        Verdict known = verdicts.get(device);
        if (known == null || now - known.asked() > FRESH_NANOS) {
            try {
                known = new Verdict(ask(file, device), now);
            } catch (IOException e) { // for want of a descriptor, perhaps: the next file is asked again
                LOG.debug("Device {} can't be asked for sendfile", device, e);
                return Optional.of(StreamReason.REFUSED_BY_DEVICE);
            }
            verdicts.put(device, known);
        }
        return known.reason();
    }

    private Optional<StreamReason> ask(Path file, long device) throws IOException {
        String type = type(file);
        Optional<StreamReason> reason = isExcluded(type)
                ? Optional.of(StreamReason.EXCLUDED_FILE_SYSTEM)
                : trial.works(file) ? Optional.empty() : Optional.of(StreamReason.REFUSED_BY_DEVICE);
        LOG.debug(
                "Device {}, file system type {}: {}",
                device,
                type.isEmpty() ? "unknown" : type,
                reason.map(why -> "streamed: " + why.label()).orElse("zero-copy"));
        return reason;
    }

    private boolean isExcluded(String type) {
        return excludedTypes.stream().anyMatch(excluded -> type.equals(excluded) || type.startsWith(excluded + "."));
    }

    private static String type(Path file) {
        try {
            return Files.getFileStore(file).type();
        } catch (IOException e) {
            return ""; // not in the mount table (another mount namespace, perhaps): the trial alone decides
        }
    }
}
