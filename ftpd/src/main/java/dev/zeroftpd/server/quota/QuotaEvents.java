package dev.zeroftpd.server.quota;

import dev.zeroftpd.ops.event.Ending;
import dev.zeroftpd.ops.event.Event;
import dev.zeroftpd.ops.event.EventKind;
import dev.zeroftpd.ops.event.Events;
import dev.zeroftpd.os.Quantity;
import dev.zeroftpd.storage.Room;
import dev.zeroftpd.storage.quota.QuotaObserver;
import java.util.ArrayList;
import java.util.List;

/** Makes the events of quotas and retention. Any thread. */
record QuotaEvents(Events events) implements QuotaObserver {

    /** Where other events have the FTP command. */
    private static final String RETENTION = "RETENTION";

    @Override
    public void nearlyFull(String account, Room room) {
        publish(EventKind.QUOTA_WARN, account, room);
    }

    @Override
    public void full(String account, Room room) {
        publish(EventKind.QUOTA_FULL, account, room);
    }

    private void publish(EventKind kind, String account, Room room) {
        List<String> used = new ArrayList<>();
        if (room.mostBytes() != Room.UNLIMITED) {
            used.add(room.bytes() + " of " + room.mostBytes() + " bytes");
        }
        if (room.mostFiles() != Room.UNLIMITED) {
            used.add(room.files() + " of " + room.mostFiles() + " files");
        }
        events.publish(kind, client(account), Event.Deed.NONE, new Ending.Done(String.join(", ", used)));
    }

    /** A file was deleted because of its age. */
    void expired(String account, String path, long days) {
        events.publish(
                EventKind.DELETE,
                client(account),
                Event.Deed.of(RETENTION, path),
                new Ending.Done("unchanged for " + Quantity.of(days, "day")));
    }

    private static Event.Client client(String account) {
        return new Event.Client("", account, "", false);
    }
}
