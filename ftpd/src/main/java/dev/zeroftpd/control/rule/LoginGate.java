package dev.zeroftpd.control.rule;

import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.mina.filter.ssl.SslFilter;

/** Decides which commands run before login, and before TLS where TLS is required. Immutable; any thread. */
public final class LoginGate {

    public enum Verdict {
        PASS,
        LOGIN_FIRST,
        TLS_FIRST,
        NO_COMMAND,
        OTHER_PROTOCOL
    }

    private final CommandRules rules;
    private final boolean tlsRequired;

    public LoginGate(CommandRules rules, boolean tlsRequired) {
        this.rules = rules;
        this.tlsRequired = tlsRequired;
    }

    public Verdict check(FtpIoSession session, FtpRequest request) {
        if (!session.isLoggedIn() && rules.isOtherProtocol(request)) {
            return Verdict.OTHER_PROTOCOL;
        }
        if (request.getCommand().isEmpty()) {
            return Verdict.NO_COMMAND;
        }
        Gate gate = rules.gate(request);
        if (tlsRequired && gate != Gate.BEFORE_TLS && !session.getFilterChain().contains(SslFilter.class)) {
            return Verdict.TLS_FIRST;
        } else if (!session.isLoggedIn() && gate == Gate.AFTER_LOGIN) {
            return Verdict.LOGIN_FIRST;
        }
        return Verdict.PASS;
    }
}
