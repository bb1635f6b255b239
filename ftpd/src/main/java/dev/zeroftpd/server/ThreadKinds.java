package dev.zeroftpd.server;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts the platform threads of this process by what they are for, as their names tell. Stateless; any thread. */
final class ThreadKinds {

    private static final String OTHER = "other";

    /** How the names of threads begin, and what they are; in this order. */
    private static final Map<String, String> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put("Acceptor-", "control"); // MINA names threads after our classes
        KINDS.put("DirectWriteProcessor-", "control");
        KINDS.put("ftp-command", "command");
        KINDS.put("ftp-work", "work");
        KINDS.put("transfer-loop", "transfer-loop");
        KINDS.put("cold-file", "cold-file");
        KINDS.put("login-deadline", "timer");
        KINDS.put("login-", "login");
        KINDS.put("hook", "hook");
        KINDS.put("HttpClient", "hook");
        KINDS.put("ForkJoinPool", "stream");
        KINDS.put("quotas", "quotas");
        KINDS.put("admin-", "admin");
        KINDS.put("HTTP-Dispatcher", "admin");
        KINDS.put("idle-timeout-task", "admin");
        KINDS.put("req-rsp-timeout-task", "admin");
    }

    private ThreadKinds() {}

    static Map<String, Long> count() {
        Map<String, Long> counts = new LinkedHashMap<>();
        KINDS.values().forEach(kind -> counts.put(kind, 0L));
        counts.put(OTHER, 0L);
        @Nullable Thread[] threads = all();
        for (@Nullable Thread thread : threads) {
            if (thread != null) {
                counts.merge(kind(thread.getName()), 1L, Long::sum);
            }
        }
        return counts;
    }

    /** Those of the JVM itself aren't among them. */
    private static @Nullable Thread[] all() {
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        for (ThreadGroup above = root; above != null; above = above.getParent()) {
            root = above;
        }
        @Nullable Thread[] found = new Thread[2 * root.activeCount() + 8];
        root.enumerate(found);
        return found;
    }

    private static String kind(String name) {
        for (Map.Entry<String, String> kind : KINDS.entrySet()) {
            if (name.startsWith(kind.getKey())) {
                return kind.getValue();
            }
        }
        return OTHER;
    }
}
