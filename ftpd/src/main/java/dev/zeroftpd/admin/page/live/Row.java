package dev.zeroftpd.admin.page.live;

import dev.zeroftpd.control.admission.AddressPrefix;
import dev.zeroftpd.control.view.SessionView;
import dev.zeroftpd.control.view.TransferView;
import dev.zeroftpd.operator.Fields;
import dev.zeroftpd.operator.socket.JsonLine;
import dev.zeroftpd.ops.LogText;
import dev.zeroftpd.transfer.result.Way;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One session of a snapshot. One thread. */
final class Row {

    /** Idle time is told in these steps, so that an idle row doesn't change all the time. */
    private static final long IDLE_STEP_SECONDS = 5;

    private final SessionView view;
    private final long rate;
    private final Function<InetAddress, AddressPrefix> networks;
    private @Nullable String json;
    private @Nullable String address;

    /**
     * A row.
     *
     * @param rate bytes per second of its transfer
     * @param networks how much of an address one client can't change
     */
    Row(SessionView view, long rate, Function<InetAddress, AddressPrefix> networks) {
        this.view = view;
        this.rate = rate;
        this.networks = networks;
    }

    SessionView view() {
        return view;
    }

    long rate() {
        return rate;
    }

    long bytes() {
        return view.transfer().map(TransferView::bytes).orElse(0L);
    }

    String id() {
        return view.session();
    }

    /** Written once: sorting asks for it again and again. */
    String address() {
        @Nullable String written = address;
        if (written == null) {
            written = view.address().getHostAddress();
            address = written;
        }
        return written;
    }

    /** As the page gets it; made once for all viewers. Clients can make paths very long. */
    String json() {
        @Nullable String made = json;
        if (made == null) {
            made = JsonLine.of(fields());
            json = made;
        }
        return made;
    }

    private Map<String, @Nullable Object> fields() {
        Map<String, @Nullable Object> fields = Fields.of(view, LogText::shortened, _ -> rate);
        fields.put("network", networks.apply(view.address()).toString());
        fields.put("idle_seconds", view.idle().toSeconds() / IDLE_STEP_SECONDS * IDLE_STEP_SECONDS);
        return fields;
    }

    /** Whether a filter, in lower case, finds it. */
    boolean matches(String filter) {
        return switch (filter) {
            case "" -> true;
            case "transferring" -> view.transfer().isPresent();
            case Way.STREAMED, Way.ZERO_COPY ->
                view.transfer()
                        .flatMap(TransferView::way)
                        .filter(way -> way.word().equals(filter))
                        .isPresent();
            default ->
                contains(view.user().orElse(""), filter)
                        || address().contains(filter)
                        || contains(view.directory().orElse(""), filter)
                        || contains(view.transfer().map(TransferView::path).orElse(""), filter);
        };
    }

    private static boolean contains(String text, String filter) {
        return text.toLowerCase(Locale.ROOT).contains(filter);
    }
}
