package dev.zeroftpd.config.hook;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who is told of events, and who is asked about uploads. Immutable; any thread.
 *
 * @param events by the kind of event, where it goes; kinds that go nowhere are missing
 * @param uploadCheck the program that decides whether an upload is published; empty: none is asked
 * @param timeout how long a program may run, and a request may take
 * @param secretFile what requests are signed with; empty: they aren't
 * @param quarantine where refused uploads go; empty: they are deleted
 */
public record HookSettings(
        SortedMap<String, HookTarget> events,
        Optional<Path> uploadCheck,
        Duration timeout,
        Optional<Path> secretFile,
        Optional<Path> quarantine) {

    /** The kinds of events, as keys name them. */
    public static final List<String> EVENTS = List.of(
            "connect",
            "refused",
            "login",
            "login-failed",
            "logout",
            "upload",
            "download",
            "listing",
            "delete",
            "rename",
            "mkdir",
            "rmdir",
            "attributes",
            "quota-warn",
            "quota-full",
            "ban",
            "unban",
            "kick",
            "audit",
            "reload",
            "certificate-expiring",
            "start",
            "stop");

    /** How the check of uploads is named among them. */
    public static final String UPLOAD_CHECK = "upload-check";

    /** Takes a copy. */
    public HookSettings {
        events = Collections.unmodifiableSortedMap(new TreeMap<>(events));
    }

    /** True if there is nothing to tell and nothing to ask. */
    public boolean isEmpty() {
        return events.isEmpty() && uploadCheck.isEmpty();
    }

    /** Every program that the server may start, by the key that names it. */
    public SortedMap<String, Path> programs() {
        SortedMap<String, Path> programs = new TreeMap<>();
        for (Map.Entry<String, HookTarget> each : events.entrySet()) {
            if (each.getValue() instanceof HookTarget.Program program) {
                programs.put("hook." + each.getKey(), program.file());
            }
        }
        uploadCheck.ifPresent(file -> programs.put("hook." + UPLOAD_CHECK, file));
        return programs;
    }

    /** Whether events go out by HTTP. */
    public boolean usesHttp() {
        return events.values().stream().anyMatch(HookTarget.Web.class::isInstance);
    }
}
