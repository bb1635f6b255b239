package dev.zeroftpd.operator;

import dev.zeroftpd.control.ban.Banned;
import dev.zeroftpd.control.ban.Bans;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;

/** {@code bans}: one line per ban that holds. Any thread. */
final class ListBans implements OperatorCommand {

    private final Bans bans;

    ListBans(Bans bans) {
        this.bans = bans;
    }

    @Override
    public void run(Request request, Answer answer) throws IOException {
        List<Banned> sorted = bans.all().stream()
                .sorted(Comparator.comparing(banned -> banned.from().toString()))
                .toList();
        for (Banned banned : sorted) {
            answer.line(Fields.of(banned));
        }
    }
}
