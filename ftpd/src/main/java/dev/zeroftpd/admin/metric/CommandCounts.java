package dev.zeroftpd.admin.metric;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts commands by verb and by the class of the reply that ended them. Any thread; counting takes no lock and makes no
 * object. Its size is fixed: what is no verb of the server is counted together.
 */
public final class CommandCounts {

    static final String UNKNOWN = "unknown";

    /** By the first digit of a reply's code; the first one is for commands that ended without a reply. */
    private static final String[] CLASSES = {"none", "1xx", "2xx", "3xx", "4xx", "5xx"};

    private static final int CODES_PER_CLASS = 100;

    private final Map<String, LongAdder[]> byKey = new HashMap<>();
    private final Map<String, LongAdder[]> byVerb = new TreeMap<>();
    private final LongAdder[] unknown = adders();

    /** @param verbs the names of the verbs that there are, by the keys that commands are looked up with */
    CommandCounts(Map<String, String> verbs) {
        verbs.forEach((key, verb) -> byKey.put(key, byVerb.computeIfAbsent(verb, _ -> adders())));
        byVerb.put(UNKNOWN, unknown);
    }

    private static LongAdder[] adders() {
        LongAdder[] adders = new LongAdder[CLASSES.length];
        for (int i = 0; i < adders.length; i++) {
            adders[i] = new LongAdder();
        }
        return adders;
    }

    /**
     * A command has ended.
     *
     * @param code of its last reply; 0 without one
     */
    public void count(String key, int code) {
        LongAdder @Nullable [] found = byKey.get(key);
        (found == null ? unknown : found)[Math.clamp(code / CODES_PER_CLASS, 0, CLASSES.length - 1)].increment();
    }

    void write(Exposition to) {
        to.family("commands", Exposition.Kind.COUNTER, "Commands by verb and by the class of their last reply.");
        byVerb.forEach((verb, adders) -> {
            for (int i = 0; i < adders.length; i++) {
                long count = adders[i].sum();
                if (count > 0) {
                    to.sample(count, "verb", verb, "class", CLASSES[i]);
                }
            }
        });
    }
}
