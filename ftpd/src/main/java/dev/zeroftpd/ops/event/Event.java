package dev.zeroftpd.ops.event;

import dev.zeroftpd.ops.LogText;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiConsumer;

/**
 * Something that has happened: the one record of it, for all writers. Immutable.
 *
 * @param time to the millisecond
 */
public record Event(Instant time, EventKind kind, Client client, Deed deed, Ending ending) {

    private static final double NANOS_PER_SECOND = 1e9;

    private static final double THOUSANDTHS = 1e3;

    /**
     * Who caused it.
     *
     * @param session names one session among those of all starts of this machine; empty where there was none
     * @param user the account, or the name that was tried; may hold any character; empty without one
     * @param address without port; empty for what the server does by itself
     * @param tls whether it happened over TLS: for transfers, on the data connection
     */
    public record Client(String session, String user, String address, boolean tls) {

        /** The server itself. */
        public static final Client NONE = new Client("", "", "", false);

        public Client {
            user = LogText.shortened(user);
        }

        /** One of whom only the address is known. */
        public static Client at(String address) {
            return new Client("", "", address, false);
        }
    }

    /**
     * What was done.
     *
     * @param verb the FTP command, such as {@code RETR}; empty where none was
     * @param path as the client sees it, shortened; may hold any character; empty without one
     * @param to what {@code path} is called now; empty for all but renames
     */
    public record Deed(String verb, String path, String to) {

        public static final Deed NONE = new Deed("", "", "");

        /** A client can make paths very long, and events wait to be written. */
        public Deed {
            path = LogText.shortened(path);
            to = LogText.shortened(to);
        }

        public static Deed of(String verb, String path) {
            return new Deed(verb, path, "");
        }
    }

    /** About how long its texts are together. */
    int characters() {
        return client.user().length()
                + deed.path().length()
                + deed.to().length()
                + ending.detail().length();
    }

    /**
     * Gives each field that this event has, with its name, to {@code field}: texts, numbers, truth values and an {@link
     * Instant}, in an order that stays.
     */
    public void fields(BiConsumer<String, Object> field) {
        field.accept("time", time);
        field.accept("event", kind.word());
        given(field, "session", client.session());
        given(field, "user", client.user());
        given(field, "address", client.address());
        if (!client.session().isEmpty()) {
            field.accept("tls", client.tls());
        }
        given(field, "verb", deed.verb());
        given(field, "path", deed.path());
        given(field, "to", deed.to());
        ending.fields(field);
    }

    static void given(BiConsumer<String, Object> field, String name, String value) {
        if (!value.isEmpty()) {
            field.accept(name, value);
        }
    }

    /** To the millisecond. */
    static double seconds(Duration time) {
        return Math.round(time.toNanos() / NANOS_PER_SECOND * THOUSANDTHS) / THOUSANDTHS;
    }
}
