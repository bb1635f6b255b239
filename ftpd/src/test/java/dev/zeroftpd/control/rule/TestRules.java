package dev.zeroftpd.control.rule;

import dev.zeroftpd.control.TestServer;
import java.util.Optional;
import java.util.Set;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;

/** Rules for the few commands that a {@link TestServer} has. Immutable. */
public final class TestRules implements CommandRules {

    private static final Set<String> QUICK =
            Set.of("EPSV", "HELP", "MODE", "PWD", "REST", "STRU", "SYST", "TYPE", "USER");
    private static final Set<String> LOGIN =
            Set.of("USER", "PASS", "AUTH", "PBSZ", "PROT", "QUIT", "NOOP", "ABOR", "SYST", "HELP", "FEAT");

    @Override
    public Conduct conduct(FtpRequest request) {
        return switch (request.getCommand()) {
            case "ABOR" -> Conduct.ABORT;
            case "AUTH" -> Conduct.BARRIER;
            case "NOOP" -> Conduct.QUICK_DURING_TRANSFER;
            case "STAT" -> request.hasArgument() ? Conduct.ORDINARY : Conduct.DURING_TRANSFER;
            default -> QUICK.contains(request.getCommand()) ? Conduct.QUICK : Conduct.ORDINARY;
        };
    }

    @Override
    public boolean isOtherProtocol(FtpRequest request) {
        return request.getCommand().equals("GET");
    }

    @Override
    public Gate gate(FtpRequest request) {
        if (!LOGIN.contains(request.getCommand())) {
            return Gate.AFTER_LOGIN;
        }
        return Set.of("USER", "PASS").contains(request.getCommand()) ? Gate.BEFORE_LOGIN : Gate.BEFORE_TLS;
    }

    @Override
    public Telling telling(FtpRequest request) {
        return Telling.WHOLE;
    }

    @Override
    public Optional<FtpReply> refusal(FtpRequest request, Throwable failure) {
        return Optional.empty();
    }

    @Override
    public int refusalCode(FtpRequest request) {
        return FtpReply.REPLY_550_REQUESTED_ACTION_NOT_TAKEN;
    }
}
