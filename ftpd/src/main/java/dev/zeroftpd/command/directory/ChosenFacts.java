package dev.zeroftpd.command.directory;

import dev.zeroftpd.command.listing.Fact;
import java.util.Set;
import org.apache.ftpserver.impl.FtpIoSession;

/** The facts that a session chose with OPTS MLST, kept as a session attribute. */
public final class ChosenFacts {

    private static final String ATTRIBUTE = "dev.zeroftpd.facts";

    private ChosenFacts() {}

    @SuppressWarnings("unchecked") // only set() puts it there
    public static Set<Fact> of(FtpIoSession session) {
        return (Set<Fact>) session.getAttribute(ATTRIBUTE, Fact.DEFAULTS);
    }

    static void set(FtpIoSession session, Set<Fact> facts) {
        session.setAttribute(ATTRIBUTE, facts);
    }
}
