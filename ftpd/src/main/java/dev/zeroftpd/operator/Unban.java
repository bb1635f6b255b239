package dev.zeroftpd.operator;

import dev.zeroftpd.control.admission.AddressPrefix;
import dev.zeroftpd.control.ban.Banned;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code unban}: lifts the bans of an address, or of all in a range. One line per lifted ban. Any thread. */
final class Unban implements OperatorCommand {

    private final OperatedServer server;

    Unban(OperatedServer server) {
        this.server = server;
    }

    @Override
    public void run(Request request, Answer answer) throws Refused, IOException {
        AddressPrefix range = Ban.prefix(
                request.range("address").orElseThrow(() -> Refused.wrong("say which \"address\" to let in again")));
        List<AddressPrefix> lifted = server.bans().unban(range);
        if (lifted.isEmpty()) {
            throw Refused.because(whyNone(range));
        }
        boolean kept = server.bans().save();
        for (AddressPrefix each : lifted) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("address", each.toString());
            fields.put("kept", kept);
            answer.line(fields);
        }
    }

    private String whyNone(AddressPrefix range) {
        return server.bans().all().stream()
                .map(Banned::from)
                .filter(banned -> banned.contains(range))
                .findFirst()
                .map(wider -> range + " is banned with all of " + wider + ": lift that")
                .orElse(range + " is not banned");
    }
}
