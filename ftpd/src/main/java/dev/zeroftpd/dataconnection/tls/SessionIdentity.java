package dev.zeroftpd.dataconnection.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the certificate of one control session and its data connections by the host name that the client asks for.
 * Thread-safe.
 *
 * <p>A client that names no host on a data connection gets the certificate of its control connection: it has checked that
 * one. The JDK's own way to learn the name isn't used, because the launcher has it look at none (see {@link
 * TranscriptDigests}).
 */
final class SessionIdentity extends X509ExtendedKeyManager {

    private final Identities identities;
    private final List<X509ExtendedKeyManager> keys;
    private volatile int chosen;

    SessionIdentity(Identities identities) {
        this.identities = identities;
        this.keys = identities.all().stream().map(Identity::keys).toList();
    }

    /** A client says which host it wants. A name that no certificate has changes nothing. */
    void asked(String host) {
        identities.find(host).ifPresent(identity -> chosen = identities.all().indexOf(identity));
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        int index = chosen;
        return alias(index, keys.get(index).chooseEngineServerAlias(keyType, issuers, engine));
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        int index = chosen;
        return alias(index, keys.get(index).chooseServerAlias(keyType, issuers, socket));
    }

    /** Tells whose alias it is, because another data connection of the session may choose another certificate meanwhile. */
    private static @Nullable String alias(int index, @Nullable String alias) {
        return alias == null ? null : index + ":" + alias;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return of(alias).getCertificateChain(own(alias));
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return of(alias).getPrivateKey(own(alias));
    }

    private X509ExtendedKeyManager of(String alias) {
        return keys.get(Integer.parseInt(alias.substring(0, alias.indexOf(':'))));
    }

    private static String own(String alias) {
        return alias.substring(alias.indexOf(':') + 1);
    }

    /** No one asks for lists, or for a client's certificate. */
    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
