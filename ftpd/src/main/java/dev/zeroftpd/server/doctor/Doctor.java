package dev.zeroftpd.server.doctor;

import dev.zeroftpd.operator.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out the examinations, one after the other. Any thread; blocks. */
public final class Doctor {

    private static final Logger LOG = LoggerFactory.getLogger(Doctor.class);

    /** For one examination; a dial takes some seconds where no answer comes. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** What is looked at now: of a disk that hangs, each operator who asks would cost one more thread for ever. */
    private static final Set<String> RUNNING = ConcurrentHashMap.newKeySet();

    private Doctor() {}

    /** Looks at one thing. May block. */
    public interface Examination {

        /** What it looks at, in a few words. */
        String about();

        void look(Findings found);
    }

    /** All that they find. */
    public static List<Finding> examine(List<? extends Examination> examinations) {
        List<Finding> found = new ArrayList<>();
        examinations.forEach(each -> found.addAll(within(each)));
        return found;
    }

    /** On a thread of its own: a file system that hangs holds it for ever, and must not hold the operator. */
    private static List<Finding> within(Examination examination) {
        if (!RUNNING.add(examination.about())) {
            return List.of(Finding.doubtful(
                    examination.about(), "not looked at: an earlier look at it has not ended; ask again later"));
        }
        FutureTask<List<Finding>> task = new FutureTask<>(() -> {
            try {
                Findings found = new Findings(examination.about());
                examination.look(found);
                return found.all();
            } finally {
                RUNNING.remove(examination.about());
            }
        });
        try {
            Thread.ofPlatform().daemon().name("doctor").start(task);
        } catch (Error noThread) {
            RUNNING.remove(examination.about());
            throw noThread;
        }
        try {
            return task.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            return List.of(Finding.wrong(
                    examination.about(),
                    "a look at it has not ended within " + PATIENCE.toSeconds()
                            + " s: a disk, a network file system or a name server doesn't answer"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } catch (ExecutionException e) {
            LOG.error("An examination of {} failed", examination.about(), e.getCause());
            return List.of(Finding.wrong(examination.about(), "the examination failed: the server's log says why"));
        }
    }
}
