package dev.zeroftpd.admin.page.source;

import dev.zeroftpd.ops.event.Event;
import dev.zeroftpd.ops.event.EventKind;
import dev.zeroftpd.ops.event.EventWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The up- and downloads that ended in the last day, as many as there is room for. Any thread; transfers that end wait for the lock,
 * so it is held for references to be kept or copied, and nothing else.
 */
public final class EndedTransfers implements EventWriter {

    static final int MOST = 5_000;

    /** Names are long where somebody makes them so; usual ones take a fifth of this. */
    private static final int MOST_CHARACTERS = 1 << 20;

    /** Of what is told at once. */
    private static final int MOST_TOLD_CHARACTERS = 100_000;

    private static final Duration KEPT = Duration.ofDays(1);

    /** As many may end in one millisecond before their numbers run ahead of the clock. */
    private static final int NUMBERS_PER_MILLI = 1 << 10;

    private final InstantSource clock;
    private volatile Function<String, List<String>> groups = _ -> List.of();

    /** The oldest first. Guarded by itself. */
    private final Deque<Ended> kept = new ArrayDeque<>();

    /** Guarded by {@link #kept}. */
    private int characters;

    /** Guarded by {@link #kept}. */
    private long last;

    /** One of them; its number rises from one to the next, and tells no more than the time. */
    private record Ended(long number, EndedTransfer transfer) {

        int characters() {
            return transfer.characters();
        }
    }

    public EndedTransfers(InstantSource clock) {
        this.clock = clock;
    }

    /** Says how to find the groups of an account, before the first transfer ends. */
    public void groups(Function<String, List<String>> found) {
        groups = found;
    }

    @Override
    public boolean wants(EventKind kind) {
        return kind == EventKind.UPLOAD || kind == EventKind.DOWNLOAD;
    }

    @Override
    public void write(Event event) {
        EndedTransfer transfer =
                EndedTransfer.of(event, groups.apply(event.client().user()));
        synchronized (kept) {
            last = Math.max(last + 1, event.time().toEpochMilli() * NUMBERS_PER_MILLI);
            Ended ended = new Ended(last, transfer);
            kept.add(ended);
            characters += ended.characters();
            while (kept.size() > MOST || characters > MOST_CHARACTERS) {
                characters -= kept.remove().characters();
            }
        }
    }

    /**
     * Some of them.
     *
     * @param entries as the page shows them
     * @param leftOut how many more there were
     * @param last the number of the newest transfer that there is
     */
    public record Found(List<Map<String, @Nullable Object>> entries, int leftOut, long last) {}

    /**
     * Those after that number, the oldest first; if there are more than {@code most}, the newest.
     *
     * @param group whose members' alone are told; empty for all
     */
    public Found since(long number, TransferFilter filter, Optional<String> group, int most) {
        List<Ended> later = new ArrayList<>();
        long newestNumber;
        synchronized (kept) {
            newestNumber = last;
            for (Iterator<Ended> newest = kept.descendingIterator(); newest.hasNext(); ) {
                Ended each = newest.next();
                if (each.number() <= number) {
                    break;
                }
                later.add(each);
            }
        }
        List<Ended> found = new ArrayList<>();
        int leftOut = 0;
        int told = 0;
        for (Ended each : later) {
            if (each.transfer().isVisible(group) && filter.passes(each.transfer())) {
                told += each.characters();
                if (found.size() < most && told <= MOST_TOLD_CHARACTERS) {
                    found.add(each);
                } else {
                    leftOut++;
                }
            }
        }
        Collections.reverse(found);
        return new Found(fields(found), leftOut, newestNumber);
    }

    /** What was found by going back: the newest first, where to go on, how many are kept and visible, and since when. */
    public record Past(
            List<Map<String, @Nullable Object>> entries, Optional<Long> next, int kept, Optional<Instant> oldest) {}

    /**
     * Those before that number, the newest first.
     *
     * @param group whose members' alone are told; empty for all
     */
    public Past before(long number, TransferFilter filter, Optional<String> group, int most) {
        List<Ended> all;
        synchronized (kept) {
            forgetOld();
            all = new ArrayList<>(kept);
        }
        all.removeIf(each -> !each.transfer().isVisible(group));
        List<Ended> found = new ArrayList<>();
        Optional<Long> next = Optional.empty();
        int told = 0;
        for (Ended each : all.reversed()) {
            if (each.number() < number && filter.passes(each.transfer())) {
                told += each.characters();
                if (found.size() == most || (told > MOST_TOLD_CHARACTERS && !found.isEmpty())) {
                    next = Optional.of(
                            found.isEmpty() ? number : found.getLast().number());
                    break;
                }
                found.add(each);
            }
        }
        Optional<Instant> oldest = all.isEmpty()
                ? Optional.empty()
                : Optional.of(all.getFirst().transfer().time());
        return new Past(fields(found), next, all.size(), oldest);
    }

    private static List<Map<String, @Nullable Object>> fields(List<Ended> found) {
        return found.stream().map(each -> each.transfer().fields()).toList();
    }

    private void forgetOld() {
        Instant limit = clock.instant().minus(KEPT);
        while (!kept.isEmpty() && kept.element().transfer().time().isBefore(limit)) {
            characters -= kept.remove().characters();
        }
    }
}
