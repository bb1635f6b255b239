package dev.zeroftpd.config.hook;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Who is asked about log-ins that the file of accounts doesn't decide about. Immutable; any thread.
 *
 * @param target a program, or a server by POST; empty: none is asked
 * @param timeout how long an answer may take
 * @param cache how long a password that was let in is let in again without a question; zero: each time it is asked
 * @param group of accounts that the answer says nothing else of; empty: then such an answer makes no account
 * @param authorities who may have issued the server's certificate; empty: those that Java trusts
 */
public record CheckSettings(
        Optional<HookTarget> target,
        Duration timeout,
        Duration cache,
        Optional<String> group,
        Optional<Path> authorities) {

    /** The program that is asked, if one is. */
    public Optional<Path> program() {
        return target.filter(HookTarget.Program.class::isInstance)
                .map(HookTarget.Program.class::cast)
                .map(HookTarget.Program::file);
    }

    /** Whether it is asked by HTTP. */
    public boolean usesHttp() {
        return target.filter(HookTarget.Web.class::isInstance).isPresent();
    }
}
