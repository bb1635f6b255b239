package dev.zeroftpd.admin.page.sign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SignInsTest {

    private static final PageRole ADMIN = PageRole.parse("admin").orElseThrow();

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
    private final SignIns signIns = new SignIns(nanos::get);

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private SignIns.Exchange exchange(String secret) {
        return signIns.exchange(secret, Optional.empty());
    }

    private SignIns.Exchange.Done signIn() {
        SignIns.Exchange exchange = exchange(signIns.offer(ADMIN, "ada"));
        assertThat(exchange).isInstanceOf(SignIns.Exchange.Done.class);
        return (SignIns.Exchange.Done) exchange;
    }

    @Test
    @Tag("attack")
    void aLinkHoldsForAMinute() {
        String late = signIns.offer(ADMIN, "ada");
        pass(Duration.ofSeconds(59));
        String inTime = signIns.offer(ADMIN, "ada");
        pass(Duration.ofSeconds(1));
        assertThat(exchange(late)).isInstanceOf(SignIns.Exchange.Unknown.class);
        assertThat(exchange(inTime)).isInstanceOf(SignIns.Exchange.Done.class);
        assertThat(exchange(inTime)).isInstanceOf(SignIns.Exchange.Unknown.class);
    }

    @Test
    void aBrowserMayAskFiveTimesASecondAndAFewTimesMoreAtOnce() {
        SignedIn browser = signIn().signedIn();
        for (int i = 0; i < 10; i++) {
            assertThat(signIns.mayAsk(browser)).isTrue();
        }
        assertThat(signIns.mayAsk(browser)).isFalse();
        pass(Duration.ofMillis(400));
        assertThat(signIns.mayAsk(browser)).isTrue();
        assertThat(signIns.mayAsk(browser)).isTrue();
        assertThat(signIns.mayAsk(browser)).isFalse();
    }

    @Test
    void onlyTheNewestLinksAreKept() {
        String first = signIns.offer(ADMIN, "ada");
        String last = first;
        for (int i = 0; i < 20; i++) {
            last = signIns.offer(ADMIN, "ada");
        }
        assertThat(exchange(first)).isInstanceOf(SignIns.Exchange.Unknown.class);
        assertThat(exchange(last)).isInstanceOf(SignIns.Exchange.Done.class);
    }

    @Test
    @Tag("attack")
    void aBrowserIsSignedOutOnceItWasIdle() {
        String cookie = signIn().cookie();
        pass(Duration.ofMinutes(29));
        assertThat(signIns.find(cookie)).isPresent();
        pass(Duration.ofMinutes(29));
        assertThat(signIns.find(cookie)).isPresent();
        pass(Duration.ofMinutes(30));
        assertThat(signIns.find(cookie)).isEmpty();
    }

    @Test
    @Tag("attack")
    void aBusyBrowserIsSignedOutAfterTwelveHours() {
        SignIns.Exchange.Done done = signIn();
        for (int i = 0; i < 71; i++) {
            pass(Duration.ofMinutes(10));
            assertThat(signIns.use(done.signedIn())).isTrue();
        }
        pass(Duration.ofMinutes(10));
        assertThat(signIns.use(done.signedIn())).isFalse();
        assertThat(signIns.find(done.cookie())).isEmpty();
    }

    @Test
    void thereIsNoPlaceForAnyNumberOfBrowsersAndTheLinkStaysGood() {
        List<SignedIn> browsers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            browsers.add(signIn().signedIn());
        }
        String link = signIns.offer(ADMIN, "ada");
        assertThat(exchange(link)).isInstanceOf(SignIns.Exchange.Full.class);
        signIns.signOut(browsers.getFirst());
        assertThat(exchange(link)).isInstanceOf(SignIns.Exchange.Done.class);
    }

    @Test
    void signingInAgainEndsWhatWasBefore() {
        SignIns.Exchange.Done before = signIn();
        assertThat(signIns.exchange(signIns.offer(ADMIN, "ada"), Optional.of(before.signedIn())))
                .isInstanceOf(SignIns.Exchange.Done.class);
        assertThat(signIns.find(before.cookie())).isEmpty();
        assertThat(before.signedIn().isSignedOut()).isTrue();
    }

    @Test
    void knowsTheRoles() {
        assertThat(PageRole.parse("viewer").map(PageRole::acts)).contains(false);
        assertThat(PageRole.parse("admin:team").flatMap(PageRole::group)).contains("team");
        assertThat(PageRole.parse("admin:team").map(PageRole::seesServer)).contains(false);
        for (String none : List.of("", "Admin", "admin:", "user", "viewer:team")) {
            assertThat(PageRole.parse(none)).as(none).isEmpty();
        }
    }
}
