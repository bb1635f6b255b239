package dev.zeroftpd.dataconnection.tls.pem;

import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.Problem;
import java.nio.file.Path;

/** Makes the error for a certificate, key or keystore file that can't be used. Any thread. */
public final class CertificateProblem {
    private CertificateProblem() {}

    public static ConfigException of(Path file, String what, String remedy) {
        return new ConfigException(Problem.inFile(file, what, remedy));
    }

    public static ConfigException of(Path file, String what, String remedy, Throwable cause) {
        ConfigException problem = of(file, what, remedy);
        problem.initCause(cause);
        return problem;
    }
}
