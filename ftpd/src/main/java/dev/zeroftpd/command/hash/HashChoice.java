package dev.zeroftpd.command.hash;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.ftpserver.impl.FtpIoSession;

/** The hash that a session chose with OPTS HASH, kept as a session attribute. Immutable. */
public record HashChoice(HashAlgorithm algorithm) {

    private static final String ATTRIBUTE = "dev.zeroftpd.hash";

    public static HashChoice of(FtpIoSession session) {
        return (HashChoice) session.getAttribute(ATTRIBUTE, new HashChoice(HashAlgorithm.SHA_256));
    }

    static void set(FtpIoSession session, HashAlgorithm algorithm) {
        session.setAttribute(ATTRIBUTE, new HashChoice(algorithm));
    }

    /** The line for FEAT, the choice with a star. */
    public String feature() {
        return Arrays.stream(HashAlgorithm.values())
                .map(each -> each == algorithm ? each.label() + "*" : each.label())
                .collect(Collectors.joining(";", "HASH ", ""));
    }
}
