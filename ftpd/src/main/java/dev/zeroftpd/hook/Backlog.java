package dev.zeroftpd.hook;

import dev.zeroftpd.ops.event.EventKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All events that wait, and which of them are too many. What strangers cause as often as they like has half of the room, and
 * goes first: it must not be them who make an upload's event be dropped. One thread.
 */
final class Backlog {

    private static final Set<String> OF_STRANGERS = Stream.of(EventKind.values())
            .filter(EventKind::isOfStrangers)
            .map(EventKind::word)
            .collect(Collectors.toUnmodifiableSet());

    /** Some of the events, the oldest first. */
    private static final class Part {
        private final Map<String, Lane.Waiting> events = new LinkedHashMap<>();
        private long characters;
    }

    private final HookQueue.Room room;
    private final Part ofStrangers = new Part();
    private final Part others = new Part();

    Backlog(HookQueue.Room room) {
        this.room = room;
    }

    private Part part(HookEvent event) {
        return OF_STRANGERS.contains(event.kind()) ? ofStrangers : others;
    }

    boolean contains(String id) {
        return ofStrangers.events.containsKey(id) || others.events.containsKey(id);
    }

    void add(Lane.Waiting added) {
        Part part = part(added.event());
        part.events.put(added.event().id(), added);
        part.characters += added.event().size();
    }

    /** Does nothing if it doesn't wait. */
    void remove(HookEvent event) {
        Part part = part(event);
        if (part.events.remove(event.id()) != null) {
            part.characters -= event.size();
        }
    }

    int size() {
        return ofStrangers.events.size() + others.events.size();
    }

    /** In the order in which they came. */
    List<HookEvent> events() {
        return all().sorted(Comparator.comparingLong(Lane.Waiting::order))
                .map(Lane.Waiting::event)
                .toList();
    }

    private Stream<Lane.Waiting> all() {
        return Stream.concat(ofStrangers.events.values().stream(), others.events.values().stream());
    }

    /** Those from before that time. Those that are just being delivered stay. */
    List<Lane.Waiting> before(Instant time) {
        return all().filter(each -> !each.isRunning() && each.event().time().isBefore(time))
                .toList();
    }

    /** What has to go. Those that are just being delivered stay. */
    List<Lane.Waiting> tooMany() {
        List<Lane.Waiting> found = new ArrayList<>();
        int leftForStrangers = Math.min(room.events() / 2, room.events() - others.events.size());
        long theirCharacters = Math.min(room.characters() / 2, room.characters() - others.characters);
        int most = Math.max(0, leftForStrangers);
        addOldest(ofStrangers, most, Math.max(0, theirCharacters), found);
        addOldest(others, room.events(), room.characters(), found);
        return found;
    }

    private static void addOldest(Part part, int mostEvents, long mostCharacters, List<Lane.Waiting> found) {
        int events = part.events.size();
        long characters = part.characters;
        for (Lane.Waiting each : part.events.values()) {
            if (events <= mostEvents && characters <= mostCharacters) {
                break;
            }
            if (!each.isRunning()) {
                found.add(each);
                events--;
                characters -= each.event().size();
            }
        }
    }
}
