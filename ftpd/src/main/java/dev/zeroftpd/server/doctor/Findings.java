package dev.zeroftpd.server.doctor;

import dev.zeroftpd.operator.Finding;
import java.util.ArrayList;
import java.util.List;

/** What one examination has found. One thread at a time. */
final class Findings {

    private final String about;
    private final List<Finding> found = new ArrayList<>();

    /** @param about what is looked at, in a few words */
    Findings(String about) {
        this.about = about;
    }

    /** It is as it should be, or good to know. */
    void fine(String text) {
        found.add(Finding.fine(about, text));
    }

    /** It works, but perhaps not as it is meant to. */
    void doubtful(String text) {
        found.add(Finding.doubtful(about, text));
    }

    /** Clients can't do what they should be able to do. */
    void wrong(String text) {
        found.add(Finding.wrong(about, text));
    }

    List<Finding> all() {
        return List.copyOf(found);
    }
}
