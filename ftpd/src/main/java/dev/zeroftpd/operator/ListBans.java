package dev.zeroftpd.operator;

import dev.zeroftpd.control.ban.BanOrigin;
import dev.zeroftpd.control.ban.Banned;
import dev.zeroftpd.control.ban.Bans;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
            answer.line(fields(banned));
        }
    }

    private static Map<String, @Nullable Object> fields(Banned banned) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("address", banned.from().toString());
        fields.put("by", banned.origin() == BanOrigin.OPERATOR ? "operator" : "guesses");
        fields.put(
                "until",
                banned.end()
                        .map(end -> end.truncatedTo(ChronoUnit.SECONDS).toString())
                        .orElse(null));
        return fields;
    }
}
