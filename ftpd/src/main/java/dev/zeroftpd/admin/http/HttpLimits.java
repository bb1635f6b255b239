package dev.zeroftpd.admin.http;

/**
 * What a client of the HTTP server can take. The JDK's server reads it from system properties, once, when the first one is made;
 * what the command line has set stays. Stateless.
 */
final class HttpLimits {

    /** Some scrapers, probes of a balancer's nodes, and a person. More are closed as they come. */
    static final int CONNECTIONS = 32;

    private static final String REQUEST_SECONDS = "5";

    /** A scrape has some kilobytes: a client that takes as long as this for them isn't reading. */
    private static final String RESPONSE_SECONDS = "10";

    /** Scrapers ask every minute at the latest, and keep their connection. */
    private static final String IDLE_SECONDS = "75";

    private static final String IDLE_CONNECTIONS = "16";

    /** How often what is idle or new is looked at. */
    private static final String TICK_MILLIS = "2000";

    private static final String HEADERS = "50";

    private static final String HEADER_BYTES = Integer.toString(16 * 1024);

    /** Of a body that no request has a reason to have. */
    private static final String IGNORED_BYTES = Integer.toString(4 * 1024);

    private HttpLimits() {}

    static void set() {
        set("jdk.httpserver.maxConnections", Integer.toString(CONNECTIONS));
        set("sun.net.httpserver.maxReqTime", REQUEST_SECONDS);
        set("sun.net.httpserver.maxRspTime", RESPONSE_SECONDS);
        set("sun.net.httpserver.idleInterval", IDLE_SECONDS);
        set("sun.net.httpserver.clockTick", TICK_MILLIS);
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
