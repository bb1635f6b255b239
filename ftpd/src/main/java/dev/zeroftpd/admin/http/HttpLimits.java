package dev.zeroftpd.admin.http;

/**
 * What a client of the HTTP server can take. The JDK's server reads it from system properties, once, when the first one is made;
 * what the command line has set stays. Stateless.
 */
final class HttpLimits {

    /** The streams of 50 open pages, what those ask besides, some scrapers, and probes of a balancer's nodes. More are closed at once. */
    static final int CONNECTIONS = 160;

    /** Requests that are answered at once; streams aren't among them. */
    static final int THREADS = 64;

    private static final String REQUEST_SECONDS = "5";

    /** Scrapers ask every minute at the latest, and keep their connection. */
    private static final String IDLE_SECONDS = "75";

    private static final String IDLE_CONNECTIONS = "64";

    /** How often what is idle or new is looked at: an idle server has little else to wake up for. */
    private static final String TICK_MILLIS = "10000";

    private static final String HEADERS = "50";

    private static final String HEADER_BYTES = Integer.toString(16 * 1024);

    /** Of a body that no request has a reason to have. */
    private static final String IGNORED_BYTES = Integer.toString(4 * 1024);

    private HttpLimits() {}

    static void set() {
        set("jdk.httpserver.maxConnections", Integer.toString(CONNECTIONS));
        set("sun.net.httpserver.maxReqTime", REQUEST_SECONDS);
        set("sun.net.httpserver.idleInterval", IDLE_SECONDS);
        set("sun.net.httpserver.clockTick", TICK_MILLIS);
        set("sun.net.httpserver.timerMillis", TICK_MILLIS);
        set("sun.net.httpserver.maxIdleConnections", IDLE_CONNECTIONS);
        set("sun.net.httpserver.maxReqHeaders", HEADERS);
        set("sun.net.httpserver.maxReqHeaderSize", HEADER_BYTES);
        set("sun.net.httpserver.drainAmount", IGNORED_BYTES);
        set("sun.net.httpserver.nodelay", "true");
    }

    private static void set(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
