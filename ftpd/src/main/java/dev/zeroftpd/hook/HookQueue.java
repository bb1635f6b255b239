package dev.zeroftpd.hook;

import dev.zeroftpd.ops.FewLines;
import dev.zeroftpd.ops.event.Event;
import dev.zeroftpd.ops.event.EventKind;
import dev.zeroftpd.ops.event.EventWriter;
import dev.zeroftpd.os.FailureReason;
import dev.zeroftpd.os.Quantity;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Takes events from the threads on which they happen, keeps them, and hands each to its receiver until that has taken it: at
 * least once, those of a path in their order. {@link #write} never waits; everything else is done by one thread and the few of
 * the receivers.
 */
final class HookQueue implements EventWriter {

    private static final Logger LOG = LoggerFactory.getLogger(HookQueue.class);

    private static final FewLines DROPS = FewLines.perMinute(LOG, 1);

    /** Events that the one thread hasn't looked at yet: more only come together while the disk hangs. */
    private static final int MOST_UNSEEN = 4096;

    /** How old an event may become that no receiver takes: what is behind it, about the same path, waits as long. */
    private static final Duration LONGEST_LIFE = Duration.ofDays(1);

    /** After an error that was not foreseen: the log must not fill up, and memory may be free again by then. */
    private static final Duration AFTER_ERROR = Duration.ofSeconds(1);

    private static final Duration LAST_DELIVERIES = Duration.ofSeconds(2);

    /** How often what other processes left is looked for: a server that drained beside this one. */
    private static final Duration ADOPTIONS = Duration.ofMinutes(1);

    /**
     * What may wait.
     *
     * @param events how many
     * @param characters in all of them
     */
    record Room(int events, long characters) {
        /** An hour of three busy devices, in some 10 MB of memory and of disk. */
        static final Room USUAL = new Room(20_000, 8 << 20);
    }

    private final Map<EventKind, Target> targets;
    private final Map<String, Target> byWord = new LinkedHashMap<>();
    private final HookCounts counts;
    private final Spool spool;
    private final BlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>(); // bounded by what is counted
    private final AtomicInteger unseen = new AtomicInteger();
    private final AtomicLong lost = new AtomicLong();
    private final AtomicLong lostUnseen = new AtomicLong();
    private final String run = UUID.randomUUID().toString().substring(0, 13);
    private final Thread thread;

    private final Backlog waiting;
    private long order;
    private boolean closing;
    private long closeBy;
    private long nextAdoption = System.nanoTime();
    private volatile int length;

    private HookQueue(Map<EventKind, Target> targets, Path directory, HookCounts counts, Room room) {
        this.targets = new EnumMap<>(targets);
        targets.forEach((kind, target) -> byWord.put(kind.word(), target));
        this.counts = counts;
        this.waiting = new Backlog(room);
        this.spool = new Spool(directory, waiting::events);
        this.thread = Thread.ofPlatform()
                .name("hooks")
                .daemon()
                .inheritInheritableThreadLocals(false)
                .unstarted(this::work);
    }

    /**
     * Begins to deliver, first what was left by processes that ended.
     *
     * @param directory of the spool; made when it is needed
     */
    static HookQueue start(Map<EventKind, Target> targets, Path directory, HookCounts counts, Room room) {
        HookQueue queue = new HookQueue(targets, directory, counts, room);
        queue.thread.start();
        return queue;
    }

    /** How many events wait. */
    int length() {
        return length + unseen.get();
    }

    @Override
    public boolean wants(EventKind kind) {
        return targets.containsKey(kind);
    }

    /** Strangers have half of the room only. */
    @Override
    public void write(Event event) {
        int most = event.kind().isOfStrangers() ? MOST_UNSEEN / 2 : MOST_UNSEEN;
        if (unseen.incrementAndGet() > most) {
            unseen.decrementAndGet();
            lostUnseen.incrementAndGet();
            counts.count(event.kind().word(), HookCounts.Result.DROPPED);
            return;
        }
        inbox.add(() -> {
            unseen.decrementAndGet();
            take(HookEvent.of(nextId(), event));
        });
    }

    private String nextId() {
        order++;
        return run + "-" + order;
    }

    private void work() {
        try {
            while (!isDone()) {
                stepWhateverHappens();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            distinctTargets().forEach(Target::close);
            for (Runnable last = inbox.poll(); last != null; last = inbox.poll()) {
                run(last);
            }
            spool.close();
        }
    }

    /** What one step does must not end the thread of all others, even where memory ran out. */
    private void stepWhateverHappens() throws InterruptedException {
        try {
            step();
        } catch (RuntimeException | Error e) {
            TimeUnit.NANOSECONDS.sleep(AFTER_ERROR.toNanos());
            LOG.error("Hooks go on after an unexpected error", e);
        }
    }

    private void step() throws InterruptedException {
        adoptFromTimeToTime();
        Runnable first = inbox.poll(waitNanos(), TimeUnit.NANOSECONDS);
        for (Runnable next = first; next != null; next = inbox.poll()) {
            run(next);
        }
        waiting.tooMany().forEach(this::dropForOthers);
        spool.flush();
        length = waiting.size();
        for (Target target : distinctTargets()) {
            deliver(target);
        }
        tellLost();
    }

    /** What one event does must not end the thread of all others. */
    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("A hook event was lost to an unexpected error", e);
        }
    }

    private Collection<Target> distinctTargets() {
        return targets.values().stream().distinct().toList();
    }

    private long waitNanos() {
        long now = System.nanoTime();
        long wait = Math.max(0, nextAdoption - now);
        for (Target target : distinctTargets()) {
            OptionalLong due = target.lane().due();
            if (due.isPresent()) {
                wait = Math.min(wait, Math.max(0, due.getAsLong() - now));
            }
        }
        return closing ? Math.min(wait, Math.max(0, closeBy - now)) : wait;
    }

    private boolean isDone() {
        long now = System.nanoTime();
        return closing
                && (closeBy - now <= 0
                        || (inbox.isEmpty()
                                && distinctTargets().stream()
                                        .allMatch(target -> target.lane().isQuiet(now))));
    }

    private void adoptFromTimeToTime() {
        if (System.nanoTime() - nextAdoption < 0) {
            return;
        }
        nextAdoption = System.nanoTime() + ADOPTIONS.toNanos();
        int adopted = spool.adopt(this::enqueue);
        if (adopted > 0) {
            LOG.info("{} that a server before this one left will be delivered", Quantity.of(adopted, "hook event"));
        }
    }

    private void take(HookEvent event) {
        spool.add(event);
        enqueue(event);
    }

    private void enqueue(HookEvent event) {
        if (waiting.contains(event.id())) {
            return; // its old journal couldn't be deleted, and was found again
        }
        Target target = byWord.get(event.kind());
        if (target == null) {
            drop(event, "no hook takes it any more");
            return;
        }
        Lane.Waiting added = new Lane.Waiting(event, ++order, System.nanoTime());
        waiting.add(added);
        target.lane().add(added);
    }

    private void deliver(Target target) {
        Lane lane = target.lane();
        for (var next = lane.next(System.nanoTime()); next.isPresent(); next = lane.next(System.nanoTime())) {
            Lane.Waiting chosen = next.get();
            try {
                target.execute(() -> {
                    Receiver.Answer answer = target.deliver(chosen.event());
                    inbox.add(() -> ended(target, chosen, answer));
                });
            } catch (RuntimeException | Error noThread) {
                // else it would count as running for ever
                String why = "it can't be begun: " + FailureReason.of(noThread);
                ended(target, chosen, new Receiver.Answer(false, why));
            }
        }
    }

    private void ended(Target target, Lane.Waiting attempt, Receiver.Answer answer) {
        HookEvent event = attempt.event();
        if (answer.accepted()) {
            target.lane().delivered(attempt);
            forget(event);
            counts.count(event.kind(), HookCounts.Result.DELIVERED);
            target.tellSuccess(event, answer);
            return;
        }
        counts.count(event.kind(), HookCounts.Result.FAILED);
        target.lane().failed(attempt, System.nanoTime());
        target.tellFailure(event, answer);
        Instant tooOld = Instant.now().minus(LONGEST_LIFE);
        if (event.time().isBefore(tooOld)) {
            expire(target, attempt);
        }
        if (target.lane().isDead()) {
            // it is asked once a minute, so that most of what waits would never be tried
            waiting.before(tooOld).stream()
                    .filter(each -> target.equals(byWord.get(each.event().kind())))
                    .forEach(each -> expire(target, each));
        }
    }

    private void expire(Target target, Lane.Waiting old) {
        target.lane().remove(old);
        waiting.remove(old.event());
        drop(old.event(), "no attempt has succeeded within " + LONGEST_LIFE.toHours() + " hours");
    }

    private void forget(HookEvent event) {
        waiting.remove(event);
        spool.remove(event.id());
    }

    private void drop(HookEvent event, String why) {
        spool.remove(event.id());
        counts.count(event.kind(), HookCounts.Result.DROPPED);
        DROPS.write(Level.WARN, () -> "A hook event was dropped (" + event.kind() + ", " + event.id() + "): " + why);
    }

    private void dropForOthers(Lane.Waiting dropped) {
        HookEvent event = dropped.event();
        Target target = byWord.get(event.kind());
        if (target != null) {
            target.lane().remove(dropped);
        }
        forget(event);
        counts.count(event.kind(), HookCounts.Result.DROPPED);
        lost.incrementAndGet();
    }

    private void tellLost() {
        tellLost(lost, "the oldest first: their receivers take none, or too few");
        tellLost(lostUnseen, "the newest: too many came while those before them waited for the disk");
    }

    private static void tellLost(AtomicLong lost, String which) {
        long dropped = lost.getAndSet(0);
        if (dropped > 0) {
            LOG.warn("{} dropped, {}", dropped == 1 ? "1 hook event was" : dropped + " hook events were", which);
        }
    }

    /** Delivers what can be delivered at once; the rest waits for the next start. May take some seconds. */
    @Override
    public void close() {
        inbox.add(() -> {
            closing = true;
            closeBy = System.nanoTime() + LAST_DELIVERIES.toNanos();
        });
        try {
            if (!thread.join(LAST_DELIVERIES.multipliedBy(2))) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
