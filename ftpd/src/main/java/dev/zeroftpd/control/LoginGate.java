package dev.zeroftpd.control;

import java.util.Set;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.mina.filter.ssl.SslFilter;

/** Decides which commands run before login, and before TLS where TLS is required. Immutable; any thread. */
final class LoginGate {

    /**
     * What logs in (RFC 959 section 5.4, RFC 2228, RFC 7151), and what only tells about the server, which clients want
     * to know before they log in (RFC 2389 section 3.1, RFC 2640, and CLNT and CSID, which are widely sent).
     */
    private static final Set<String> BEFORE_LOGIN = Set.of(
            "USER", "PASS", "ACCT", "HOST", "REIN", "AUTH", "ADAT", "PBSZ", "PROT", "CCC", "MIC", "CONF", "ENC", "QUIT",
            "FEAT", "OPTS", "SYST", "HELP", "NOOP", "ABOR", "LANG", "CLNT", "CSID");

    /** What carries a name, a password or a file waits for TLS; these do not. */
    private static final Set<String> BEFORE_TLS = Set.of(
            "AUTH", "ADAT", "PBSZ", "PROT", "CCC", "MIC", "CONF", "ENC", "QUIT", "FEAT", "OPTS", "SYST", "HELP", "NOOP",
            "ABOR", "LANG", "CLNT", "CSID", "HOST", "REIN");

    enum Verdict {
        PASS,
        LOGIN_FIRST,
        TLS_FIRST,
        NO_COMMAND
    }

    private final boolean tlsRequired;

    LoginGate(boolean tlsRequired) {
        this.tlsRequired = tlsRequired;
    }

    boolean requiresTls() {
        return tlsRequired;
    }

    Verdict check(FtpIoSession session, FtpRequest request) {
        String command = request.getCommand();
        if (command.isEmpty()) {
            return Verdict.NO_COMMAND;
        } else if (tlsRequired
                && !BEFORE_TLS.contains(command)
                && !session.getFilterChain().contains(SslFilter.class)) {
            return Verdict.TLS_FIRST;
        } else if (!session.isLoggedIn() && !BEFORE_LOGIN.contains(command)) {
            return Verdict.LOGIN_FIRST;
        }
        return Verdict.PASS;
    }
}
