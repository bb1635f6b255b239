package dev.zeroftpd.command.parameter;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.ftpserver.impl.DefaultFtpServerContext;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.mina.core.session.DummySession;
import org.junit.jupiter.api.Test;

final class OctetRangeTest {

    private final FtpIoSession session = new FtpIoSession(new DummySession(), new DefaultFtpServerContext());

    @Test
    void aRangeHoldsOnce() {
        OctetRange.set(session, new OctetRange(3, 9));
        assertThat(OctetRange.take(session)).contains(new OctetRange(3, 9));
        assertThat(OctetRange.take(session)).isEmpty();
    }

    @Test
    void theLastRangeReplacesTheOneBefore() {
        OctetRange.set(session, new OctetRange(3, 9));
        OctetRange.set(session, new OctetRange(0, 0));
        assertThat(OctetRange.take(session)).contains(new OctetRange(0, 0));
    }

    @Test
    void aClearedRangeIsGone() {
        OctetRange.set(session, new OctetRange(3, 9));
        OctetRange.clear(session);
        assertThat(OctetRange.take(session)).isEmpty();
        assertThat(OctetRange.refuseAny(session)).isFalse();
    }
}
