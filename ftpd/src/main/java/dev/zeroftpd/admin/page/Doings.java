package dev.zeroftpd.admin.page;

import dev.zeroftpd.admin.page.sign.PageRole;
import dev.zeroftpd.admin.page.sign.SignedIn;
import dev.zeroftpd.admin.page.source.Asked;
import dev.zeroftpd.admin.page.source.BadRequest;
import dev.zeroftpd.admin.page.source.Watched;
import dev.zeroftpd.operator.Acts;
import dev.zeroftpd.operator.Refused;
import dev.zeroftpd.os.Quantity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** What people do by the page: the operator's own commands, within their role, and with their name in the log. Any thread. */
final class Doings {

    private static final String COMMAND = "command";

    private static final String USER = "user";

    /** They reach beyond a group: everybody of an address is kept out, or let in. */
    private static final Set<String> OF_ADMINS = Set.of("ban", "unban");

    /** By command, what may be said with it. */
    private static final Map<String, Set<String>> FIELDS = Map.of(
            "kick", Set.of(COMMAND, USER, "session", "address", "ban_seconds", "disable"),
            "ban", Set.of(COMMAND, "address", "seconds"),
            "unban", Set.of(COMMAND, "address"),
            "disable", Set.of(COMMAND, USER),
            "enable", Set.of(COMMAND, USER));

    private static final int MOST_NAMED = 10;

    private final Watched watched;

    Doings(Watched watched) {
        this.watched = watched;
    }

    Reply act(Asked asked, SignedIn who, String address) throws BadRequest {
        String command = asked.word(COMMAND, FIELDS.keySet(), "");
        asked.only(FIELDS.getOrDefault(command, Set.of()));
        Map<String, Object> request = asked.fields();
        if (!who.role().acts() || !allows(who.role(), command, request)) {
            return Reply.error(Reply.FORBIDDEN, "role", "Your role (" + who.role() + ") may not do that.");
        }
        Optional<String> group = who.role().group();
        Optional<String> user = asked.text(USER);
        if (group.isPresent() && user.isPresent() && !watched.isMember(user.get(), group.get())) {
            return Reply.error(Reply.REFUSED, "refused", "There is no such account in the group.");
        }
        if (command.equals("disable")) {
            request.put(COMMAND, "kick");
            request.put("disable", true);
        }
        try {
            List<Map<String, ?>> lines = Acts.run(
                    watched.operated(),
                    request,
                    view -> group.isEmpty()
                            || view.user()
                                    .filter(name -> watched.isMember(name, group.get()))
                                    .isPresent());
            watched.audit(who.name(), address, told(asked, lines));
            Map<String, Object> done = new LinkedHashMap<>();
            done.put("result", "done");
            done.put("lines", lines);
            return Reply.json(done);
        } catch (Refused e) {
            return Reply.error(Reply.REFUSED, "refused", sentence(String.valueOf(e.getMessage())));
        }
    }

    private static boolean allows(PageRole role, String command, Map<String, Object> request) {
        return role.group().isEmpty() || (!OF_ADMINS.contains(command) && !request.containsKey("ban_seconds"));
    }

    /** Such as {@code kick session=4f1c-9 (1 line: alice)}: what was asked for, what came of it, and whom it met. */
    private static String told(Asked asked, List<Map<String, ?>> lines) {
        Map<String, Object> fields = asked.fields();
        StringJoiner words = new StringJoiner(" ");
        words.add(String.valueOf(fields.remove(COMMAND)));
        fields.forEach((name, value) -> words.add(name + "=" + value));
        String users = lines.stream()
                .map(line -> line.get(USER))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .distinct()
                .limit(MOST_NAMED)
                .collect(Collectors.joining(", "));
        return words + " (" + Quantity.of(lines.size(), "line") + (users.isEmpty() ? "" : ": " + users) + ")";
    }

    private static String sentence(String clause) {
        return clause.substring(0, 1).toUpperCase(Locale.ROOT) + clause.substring(1) + ".";
    }
}
