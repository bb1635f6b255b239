package dev.zeroftpd.hook;

import dev.zeroftpd.config.hook.HookSettings;
import dev.zeroftpd.config.hook.HookTarget;
import dev.zeroftpd.hook.run.ProgramRun;
import dev.zeroftpd.ops.event.Ending;
import dev.zeroftpd.ops.event.Event;
import dev.zeroftpd.ops.event.EventKind;
import dev.zeroftpd.ops.event.EventWriter;
import dev.zeroftpd.os.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** All hooks of a server, put together from its settings. Any thread. */
public final class Hooks {

    /** In {@code state.directory}. */
    private static final String DIRECTORY = "hooks";

    private final HookSettings settings;
    private final Path directory;
    private final HookCounts counts = new HookCounts();
    private final Map<EventKind, Target> targets = new EnumMap<>(EventKind.class);
    private final Optional<HookQueue> queue;
    private final Optional<UploadChecks> checks;

    /** Finds the files of accounts on this machine. Any thread. */
    @FunctionalInterface
    public interface Homes {
        /** Where the path of an account is; empty if that is not on this machine, or unknown. */
        Optional<Path> file(String account, String path);
    }

    /** What came of a hook that was tried: {@code detail} is for people, in one line. */
    public record Trial(String target, boolean accepted, String detail) {}

    private Hooks(HookSettings settings, Path stateDirectory, Optional<byte[]> secret, Homes homes) {
        this.settings = settings;
        this.directory = stateDirectory.resolve(DIRECTORY);
        // kinds with the same receiver share its queue: what happens to a path stays in order
        Map<HookTarget, Target> byReceiver = new LinkedHashMap<>();
        for (EventKind kind : EventKind.values()) {
            Optional.ofNullable(settings.events().get(kind.word()))
                    .ifPresent(where -> targets.put(
                            kind,
                            byReceiver.computeIfAbsent(
                                    where, _ -> new Target(where.toString(), () -> receiver(where, secret, homes)))));
        }
        this.queue = targets.isEmpty()
                ? Optional.empty()
                : Optional.of(HookQueue.start(targets, directory, counts, HookQueue.Room.USUAL));
        Optional<Quarantine> quarantine = settings.quarantine().map(Quarantine::new);
        this.checks = settings.uploadCheck()
                .map(program -> new UploadChecks(program, settings.timeout(), directory, quarantine, counts));
        checks.ifPresent(_ -> NameForPrograms.clear(directory));
    }

    /**
     * Begins to deliver events; what a server before this one has left goes first. Threads that this starts have the rights of
     * the calling one.
     *
     * @param secret what requests are signed with
     */
    public static Hooks start(HookSettings settings, Path stateDirectory, Optional<byte[]> secret, Homes homes) {
        return new Hooks(settings, stateDirectory, secret, homes);
    }

    private Receiver receiver(HookTarget where, Optional<byte[]> secret, Homes homes) {
        return switch (where) {
            case HookTarget.Program program -> new ProgramReceiver(program.file(), settings.timeout(), homes::file);
            case HookTarget.Web web -> new WebReceiver(web.uri(), settings.timeout(), secret);
        };
    }

    /** Takes the events; empty if none goes anywhere. */
    public Optional<EventWriter> events() {
        return queue.map(EventWriter.class::cast);
    }

    /** Decides about uploads; empty if all are published. */
    public Optional<UploadChecks> uploadChecks() {
        return checks;
    }

    public HookCounts counts() {
        return counts;
    }

    /** How many events wait for their receivers. */
    public int waiting() {
        return queue.map(HookQueue::length).orElse(0);
    }

    /**
     * Sends a sample, past all that waits, and waits for the answer.
     *
     * @param event the name of a kind of event, or {@code upload-check}
     * @return empty if there is no hook of that name
     */
    public Optional<Trial> test(String event) {
        if (event.equals(UploadChecks.NAME)) {
            return checks.map(this::testCheck);
        }
        for (Map.Entry<EventKind, Target> each : targets.entrySet()) {
            if (each.getKey().word().equals(event)) {
                Receiver.Answer answer = each.getValue().deliver(sample(each.getKey()));
                return Optional.of(new Trial(each.getValue().toString(), answer.accepted(), answer.detail()));
            }
        }
        return Optional.empty();
    }

    private static HookEvent sample(EventKind kind) {
        Event event = new Event(
                Instant.ofEpochMilli(System.currentTimeMillis()),
                kind,
                new Event.Client("sample", "sample", "127.0.0.1", false),
                Event.Deed.of("", "/sample.txt"),
                new Ending.Done("A sample: nothing has happened"));
        return HookEvent.sample(UUID.randomUUID().toString(), event);
    }

    private Trial testCheck(UploadChecks asked) {
        String program = settings.uploadCheck().map(Path::toString).orElse("");
        Path file = directory.resolve("sample-" + UUID.randomUUID());
        try {
            Files.createDirectories(directory);
            Files.writeString(file, "A sample of an upload.\n");
            try {
                ProgramRun.Result result = asked.runSample(file);
                return new Trial(program, result.succeeded(), result.words(settings.timeout()));
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            return new Trial(program, false, directory + " can't be written: " + FailureReason.of(e));
        }
    }

    /** Ends the checks that run; the queue of events is ended with the events. */
    public void close() {
        checks.ifPresent(UploadChecks::close);
    }
}
