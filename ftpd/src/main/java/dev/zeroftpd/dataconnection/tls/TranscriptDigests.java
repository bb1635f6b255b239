package dev.zeroftpd.dataconnection.tls;

import java.security.MessageDigest;
import java.security.MessageDigestSpi;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Lets the JDK's TLS serve clients that ask for a server by an illegal name, such as {@code my_ftp_server} or an address in
 * brackets. The JDK ends their handshake at once. Its only switch for that is a system property of the whole process,
 * which would hide the name from all other TLS servers in it, too. Thread-safe.
 *
 * <p>We hide the name from the JDK instead: the engine gets the ClientHello with another number before the name. Both sides
 * of a handshake prove that they saw the same messages, though, by a hash of all of them. So while the engine computes for
 * such a connection, and only then and on that thread, it gets its hash functions from this provider: they see the
 * ClientHello as the client sent it. On all other threads this provider offers nothing. It is registered when the first
 * such client comes.
 */
final class TranscriptDigests extends Provider {
    private static final long serialVersionUID = 1;

    private static final String DIGEST = "MessageDigest";
    private static final ScopedValue<ReplacedHellos> HELLOS = ScopedValue.newInstance();
    private static final TranscriptDigests INSTANCE = new TranscriptDigests();
    private static final AtomicBoolean REGISTERED = new AtomicBoolean();

    private TranscriptDigests() {
        super("ZeroFTPdTranscripts", "1", "Hash functions for TLS handshakes that ask for an illegal server name");
    }

    /** What the engine has to compute, with hashes of what the client really sent. */
    static Runnable restoring(ReplacedHellos hellos, Runnable task) {
        register();
        return () -> ScopedValue.where(HELLOS, hellos).run(task);
    }

    /** The same for work that can fail. */
    static <T, X extends Throwable> T restoring(ReplacedHellos hellos, ScopedValue.CallableOp<T, X> work) throws X {
        register();
        return ScopedValue.where(HELLOS, hellos).call(work);
    }

    private static void register() {
        if (REGISTERED.compareAndSet(false, true)) {
            Security.insertProviderAt(INSTANCE, 1);
        }
    }

    @Override
    public @Nullable Service getService(String type, String algorithm) {
        return HELLOS.isBound() && type.equals(DIGEST) ? new Digests(this, algorithm, HELLOS.get()) : null;
    }

    private static final class Digests extends Service {
        private final ReplacedHellos hellos;

        Digests(Provider provider, String algorithm, ReplacedHellos hellos) {
            super(provider, DIGEST, algorithm, Digest.class.getName(), null, null);
            this.hellos = hellos;
        }

        @Override
        public Object newInstance(@Nullable Object parameter) throws NoSuchAlgorithmException {
            return new Digest(ofOthers(getAlgorithm()), hellos);
        }

        private static MessageDigest ofOthers(String algorithm) throws NoSuchAlgorithmException {
            for (Provider other : Security.getProviders()) {
                if (!(other instanceof TranscriptDigests) && other.getService(DIGEST, algorithm) != null) {
                    return MessageDigest.getInstance(algorithm, other);
                }
            }
            throw new NoSuchAlgorithmException(algorithm);
        }
    }

    /** One message of a handshake is hashed by one call, and so is a whole transcript. */
    private static final class Digest extends MessageDigestSpi implements Cloneable {
        private MessageDigest digest;
        private final ReplacedHellos hellos;

        Digest(MessageDigest digest, ReplacedHellos hellos) {
            this.digest = digest;
            this.hellos = hellos;
        }

        @Override
        protected void engineUpdate(byte input) {
            digest.update(input);
        }

        @Override
        protected void engineUpdate(byte[] input, int offset, int length) {
            Optional<byte[]> original = hellos.original(input, offset, length);
            if (original.isPresent()) {
                digest.update(original.get());
            } else {
                digest.update(input, offset, length);
            }
        }

        @Override
        protected byte[] engineDigest() {
            return digest.digest();
        }

        @Override
        protected void engineReset() {
            digest.reset();
        }

        @Override
        protected int engineGetDigestLength() {
            return digest.getDigestLength();
        }

        @Override
        public Digest clone() throws CloneNotSupportedException {
            Digest copy = (Digest) super.clone();
            copy.digest = (MessageDigest) digest.clone();
            return copy;
        }
    }
}
