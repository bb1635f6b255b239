package dev.zeroftpd.dataconnection.tls;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Wraps the JDK's engine and watches it until the handshake is done: it knows what the client offered and why the
 * handshake failed, and accepts a server name that the JDK would refuse. Used as any engine, by one thread at a time.
 */
class ServerEngine extends ForwardingEngine {

    /** No extension has this number, so the JDK skips its content. */
    private static final short UNKNOWN_EXTENSION = (short) 0xfffe;

    private static final byte ALERT = 21;
    private static final int ALERT_RECORD = 7;

    private final boolean overlooksNames;
    private final Consumer<String> wanted;
    private final ReplacedHellos replaced = new ReplacedHellos();
    private Optional<ClientHello> hello = Optional.empty();
    private Optional<String> failure = Optional.empty();
    private boolean spokenTo;
    private boolean handshakeDone;

    /**
     * @param overlooksNames only the JDK's own engine can be made to, see {@link TranscriptDigests}
     * @param wanted gets the host name that the client asks for, before the engine does
     */
    ServerEngine(SSLEngine engine, boolean overlooksNames, Consumer<String> wanted) {
        super(engine);
        this.overlooksNames = overlooksNames;
        this.wanted = wanted;
    }

    /** What the client offered, once its first message has come. */
    Optional<ClientHello> hello() {
        return hello;
    }

    /** Why the handshake failed, for people; empty as long as it has not. */
    Optional<String> failure() {
        return failure;
    }

    /** A client has begun a handshake, which has neither succeeded nor failed yet. */
    boolean isInHandshake() {
        return spokenTo && !handshakeDone && failure.isEmpty();
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer[] sources, int offset, int length, ByteBuffer target) throws SSLException {
        try {
            return noted(engine.wrap(sources, offset, length, target));
        } catch (SSLException e) {
            fail(HandshakeFaults.describe(e, hello, engine));
            throw e;
        }
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer source, ByteBuffer[] targets, int offset, int length) throws SSLException {
        if (handshakeDone) {
            return engine.unwrap(source, targets, offset, length);
        }
        Optional<String> alert = clearAlert(source);
        spokenTo |= source.hasRemaining();
        if (hello.isEmpty() || overlooksNames) {
            look(source);
        }
        try {
            return noted(engine.unwrap(source, targets, offset, length));
        } catch (SSLException e) {
            fail(alert.orElseGet(() -> HandshakeFaults.describe(e, hello, engine)));
            throw e;
        }
    }

    private SSLEngineResult noted(SSLEngineResult result) {
        handshakeDone |= result.getHandshakeStatus() == HandshakeStatus.FINISHED;
        return result;
    }

    private void fail(String why) {
        if (!handshakeDone && failure.isEmpty()) {
            failure = Optional.of(why);
        }
    }

    /** Only a client whose keys don't match ours yet sends alerts in clear, and the JDK may see but noise in them. */
    private static Optional<String> clearAlert(ByteBuffer source) {
        int start = source.position();
        if (source.remaining() < ALERT_RECORD || source.get(start) != ALERT || source.getShort(start + 3) != 2) {
            return Optional.empty();
        }
        return Optional.of(HandshakeFaults.ofAlert(Byte.toUnsignedInt(source.get(start + 6))));
    }

    private void look(ByteBuffer source) {
        Optional<ClientHello> seen = overlooksNames
                ? overlookName(source, replaced)
                : ClientHello.message(source).flatMap(ClientHello::parse);
        if (seen.isPresent()) {
            hello = seen;
            seen.get().serverName().ifPresent(wanted);
        }
    }

    /** Makes an illegal name unreadable in {@code source}, if it begins with a ClientHello that has one; returns the hello. */
    static Optional<ClientHello> overlookName(ByteBuffer source, ReplacedHellos replaced) {
        Optional<byte[]> message = ClientHello.message(source);
        Optional<ClientHello> hello = message.flatMap(ClientHello::parse);
        hello.map(ClientHello::illegalName).filter(OptionalInt::isPresent).ifPresent(name -> {
            int at = name.getAsInt();
            byte[] changed = message.orElseThrow().clone();
            ByteBuffer.wrap(changed).putShort(at, UNKNOWN_EXTENSION);
            replaced.add(changed, message.orElseThrow(), at);
            source.putShort(source.position() + ClientHello.offsetInRecord() + at, UNKNOWN_EXTENSION);
        });
        return hello;
    }

    @Override
    public @Nullable Runnable getDelegatedTask() {
        @Nullable Runnable task = engine.getDelegatedTask();
        return task == null || replaced.isEmpty() ? task : TranscriptDigests.restoring(replaced, task);
    }
}
