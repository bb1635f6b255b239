package dev.zeroftpd.operator;

import dev.zeroftpd.config.reader.ConfigException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code reload}: has the configuration read again; one line about what came of it. Any thread; blocks. */
final class Reload implements OperatorCommand {

    private final OperatedServer server;

    Reload(OperatedServer server) {
        this.server = server;
    }

    @Override
    public void run(Request request, Answer answer) throws Refused, IOException {
        try {
            Reloaded reloaded = server.reload();
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("changed", reloaded.changed());
            fields.put("waiting", reloaded.waiting());
            fields.put("accounts", reloaded.accounts());
            answer.line(fields);
            if (!reloaded.kept().isEmpty()) {
                throw Refused.wrong(String.join("\n", reloaded.kept()));
            }
        } catch (ConfigException e) {
            throw Refused.wrong(String.valueOf(e.getMessage()));
        }
    }
}
