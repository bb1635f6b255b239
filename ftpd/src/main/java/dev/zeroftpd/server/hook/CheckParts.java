package dev.zeroftpd.server.hook;

import dev.zeroftpd.check.Checks;
import dev.zeroftpd.config.hook.CheckSettings;
import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.LoadedSettings;
import dev.zeroftpd.config.reader.Problem;
import dev.zeroftpd.dataconnection.tls.pem.Authorities;
import dev.zeroftpd.os.FailureReason;
import dev.zeroftpd.spi.AccountSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Makes what {@code users.check} names. Stateless; any thread. */
public final class CheckParts {

    private CheckParts() {}

    /**
     * How the server of the check is known to be the one; empty: by the authorities that Java trusts. To be read before the process
     * gives up its rights.
     *
     * @throws ConfigException if the file can't be read, or has no certificate in it
     */
    public static Optional<SSLContext> trust(LoadedSettings loaded) throws ConfigException {
        Optional<Path> file = loaded.settings().users().check().authorities();
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream pem = Files.newInputStream(file.get())) {
            Collection<? extends Certificate> authorities =
                    CertificateFactory.getInstance("X.509").generateCertificates(pem);
            if (authorities.isEmpty()) {
                throw problem(loaded, file.get() + " has no certificate in it");
            }
            return Optional.of(context(authorities));
        } catch (IOException e) {
            throw problem(loaded, file.get() + " can't be read: " + FailureReason.of(e));
        } catch (GeneralSecurityException e) {
            throw problem(loaded, file.get() + " is no PEM file of certificates");
        }
    }

    private static ConfigException problem(LoadedSettings loaded, String what) {
        return loaded.located(new ConfigException(new Problem(
                "users.check-authorities",
                what,
                "name a PEM file with the authorities that issue the certificate of the server that is asked")));
    }

    private static SSLContext context(Collection<? extends Certificate> authorities)
            throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, Authorities.trusting(authorities), null);
        return context;
    }

    /** What log-ins that the file doesn't decide about are asked for; empty: the settings name nothing. Threads it starts are fenced as the calling one. */
    public static Optional<AccountSource> source(CheckSettings settings, Optional<SSLContext> trust) {
        return settings.target().map(target -> Checks.of(target, settings, trust));
    }
}
