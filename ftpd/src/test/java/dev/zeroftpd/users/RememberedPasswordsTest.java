package dev.zeroftpd.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.users.password.StoredPassword;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RememberedPasswordsTest {

    private static final StoredPassword STORED = StoredPassword.parse("one");
    private static final StoredPassword CHANGED = StoredPassword.parse("two");

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    private final RememberedPasswords remembered = new RememberedPasswords(Duration.ofSeconds(60), 2, clock::get);

    @Test
    void recallsThePasswordThatWasVerifiedAndNoOther() {
        remembered.remember("bob", STORED, "secret");

        assertThat(remembered.recall("bob", STORED, "secret")).isTrue();
        assertThat(remembered.recall("bob", STORED, "secret ")).isFalse();
        assertThat(remembered.recall("eve", STORED, "secret")).isFalse();
    }

    @Test
    void forgetsWhenTheStoredPasswordChanges() {
        remembered.remember("bob", STORED, "secret");

        assertThat(remembered.recall("bob", CHANGED, "secret")).isFalse();
    }

    @Test
    void forgetsAfterItsTimeWhetherUsedOrNot() {
        remembered.remember("bob", STORED, "secret");
        clock.addAndGet(Duration.ofSeconds(59).toNanos());
        assertThat(remembered.recall("bob", STORED, "secret")).isTrue();

        clock.addAndGet(Duration.ofSeconds(1).toNanos());

        assertThat(remembered.recall("bob", STORED, "secret")).isFalse();
    }

    @Test
    void stillKnowsAfterItsTimeWhatWasRight() {
        remembered.remember("bob", STORED, "secret");
        clock.addAndGet(Duration.ofHours(1).toNanos());

        assertThat(remembered.wasRight("bob", STORED, "secret")).isTrue();
        assertThat(remembered.wasRight("bob", STORED, "guess")).isFalse();
        assertThat(remembered.wasRight("bob", CHANGED, "secret")).isFalse();
        assertThat(remembered.wasRight("eve", STORED, "secret")).isFalse();
    }

    @Test
    void forgetsTheLeastRecentlyUsedWhenItIsFull() {
        remembered.remember("bob", STORED, "secret");
        remembered.remember("eve", STORED, "secret");
        remembered.recall("bob", STORED, "secret");
        remembered.remember("zoe", STORED, "secret");

        assertThat(remembered.recall("bob", STORED, "secret")).isTrue();
        assertThat(remembered.recall("zoe", STORED, "secret")).isTrue();
        assertThat(remembered.recall("eve", STORED, "secret")).isFalse();
    }
}
