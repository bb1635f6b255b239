package dev.zeroftpd.storage.upload;

import java.util.ArrayList;
import java.util.List;

/** Several reservations that end together. Filled by one thread; any thread may close it then. */
final class Holds implements ActiveUploads.Hold {

    private final List<ActiveUploads.Hold> all = new ArrayList<>();

    /** Takes over a reservation. */
    void add(ActiveUploads.Hold hold) {
        all.add(hold);
    }

    @Override
    public void close() {
        all.forEach(ActiveUploads.Hold::close);
    }
}
