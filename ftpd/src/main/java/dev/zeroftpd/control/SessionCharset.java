package dev.zeroftpd.control;

import dev.zeroftpd.charset.NameCharset;
import org.apache.mina.core.session.AttributeKey;
import org.apache.mina.core.session.IoSession;

/**
 * The charset of one session: its listener's, or UTF-8 once the client has asked for that. Any thread; only the command
 * that runs changes it, and then no line behind that command has been decoded yet.
 */
public final class SessionCharset {

    private static final AttributeKey KEY = new AttributeKey(SessionCharset.class, "charset");

    /** Shared by all sessions of UTF-8 listeners, which have nothing to choose. */
    static final SessionCharset UTF_8 = new SessionCharset(NameCharset.UTF_8);

    private final NameCharset ofListener;
    private volatile NameCharset current;

    SessionCharset(NameCharset ofListener) {
        this.ofListener = ofListener;
        this.current = ofListener;
    }

    /** To be called before anything is read or written. */
    static void begin(IoSession session, NameCharset ofListener) {
        if (!ofListener.isUtf8()) {
            session.setAttribute(KEY, new SessionCharset(ofListener));
        }
    }

    public static SessionCharset of(IoSession session) {
        return session.getAttribute(KEY) instanceof SessionCharset own ? own : UTF_8;
    }

    public NameCharset current() {
        return current;
    }

    /** True if the listener speaks UTF-8, so that nothing else can be chosen. */
    public boolean isFixed() {
        return ofListener.isUtf8();
    }

    public void chooseUtf8() {
        current = NameCharset.UTF_8;
    }

    /** Back to what the listener speaks. */
    public void reset() {
        current = ofListener;
    }
}
