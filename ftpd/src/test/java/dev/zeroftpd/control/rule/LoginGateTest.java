package dev.zeroftpd.control.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.control.rule.LoginGate.Verdict;
import org.apache.ftpserver.impl.DefaultFtpRequest;
import org.apache.ftpserver.impl.DefaultFtpServerContext;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.mina.core.session.DummySession;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LoginGateTest {

    private final FtpIoSession session = new FtpIoSession(new DummySession(), new DefaultFtpServerContext());

    @ParameterizedTest
    @CsvSource({
        "FEAT,PASS,PASS",
        "USER ada,PASS,TLS_FIRST",
        "PASS secret,PASS,TLS_FIRST",
        "RETR x,LOGIN_FIRST,TLS_FIRST",
        "NEVERHEARD,LOGIN_FIRST,TLS_FIRST",
        "'',NO_COMMAND,NO_COMMAND"
    })
    void letsASessionThatIsNeitherLoggedInNorEncryptedDoWhatItsRulesSay(
            String line, Verdict tlsOffered, Verdict tlsRequired) {
        DefaultFtpRequest request = new DefaultFtpRequest(line);
        assertThat(new LoginGate(new TestRules(), false).check(session, request))
                .isEqualTo(tlsOffered);
        assertThat(new LoginGate(new TestRules(), true).check(session, request)).isEqualTo(tlsRequired);
    }
}
