package dev.zeroftpd.check;

import dev.zeroftpd.spi.AccountSource;
import dev.zeroftpd.spi.LoginAnswer;
import dev.zeroftpd.spi.LoginQuestion;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the operator's programs and servers have in common: what they are never asked, and the group of accounts of which they say none.
 * Any thread, several at once.
 */
final class Asking implements AccountSource {

    private static final String GROUPS = "groups";

    private final Asked asked;
    private final Optional<String> group;

    /** A program or a server. */
    interface Asked extends AutoCloseable {

        /** Asks, and waits for the answer, at most for the time that the operator gives it. */
        LoginAnswer ask(LoginQuestion question);

        /** Why it can't be asked at all, in a clause; empty if it can. */
        Optional<String> fault();

        /** Ends what runs. */
        @Override
        void close();
    }

    /** @param group of accounts of which an answer says no groups */
    Asking(Asked asked, Optional<String> group) {
        this.asked = asked;
        this.group = group;
    }

    @Override
    public LoginAnswer ask(LoginQuestion question) {
        if (!Sayable.isSayable(question.name()) || !Sayable.isSayable(question.password())) {
            return new LoginAnswer.No();
        }
        LoginAnswer answer = asked.ask(question);
        return answer instanceof LoginAnswer.Yes(Map<String, String> keys) ? withGroup(keys) : answer;
    }

    private LoginAnswer withGroup(Map<String, String> keys) {
        if (group.isEmpty() || keys.containsKey(GROUPS)) {
            return new LoginAnswer.Yes(keys);
        }
        Map<String, String> all = new TreeMap<>(keys);
        all.put(GROUPS, group.get());
        return new LoginAnswer.Yes(all);
    }

    /** The client's address without port; empty if it is none of the Internet. */
    static String address(LoginQuestion question) {
        return question.address().map(InetAddress::getHostAddress).orElse("");
    }

    @Override
    public Optional<String> fault() {
        return asked.fault();
    }

    @Override
    public void close() {
        asked.close();
    }
}
