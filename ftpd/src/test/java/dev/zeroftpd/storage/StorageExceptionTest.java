package dev.zeroftpd.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.transfer.result.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class StorageExceptionTest {

    @ParameterizedTest
    @EnumSource(Kind.class)
    void endsATransferByItsKindWhateverTheFileIsCalled(Kind kind) {
        VirtualPath misleading = VirtualPath.ROOT.child("no space left on device, quota exceeded, read-only");
        Outcome outcome = StorageException.of(kind, misleading).outcome();
        switch (kind) {
            case NO_SPACE -> assertThat(outcome).isInstanceOf(Outcome.DiskFull.class);
            case QUOTA, TOO_LARGE -> assertThat(outcome).isInstanceOf(Outcome.QuotaExceeded.class);
            case NOT_PERMITTED -> assertThat(outcome).isInstanceOf(Outcome.NotPermitted.class);
            default -> assertThat(outcome).isInstanceOf(Outcome.LocalFailure.class);
        }
    }

    @Test
    void isItselfTheCauseThatTheLogNames() {
        StorageException failed = new StorageException(Kind.FAILED, "/x: failed");
        assertThat(failed.outcome()).isEqualTo(new Outcome.LocalFailure("/x: failed", failed));
    }
}
