package dev.zeroftpd.operator;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** {@code doctor}: one line per finding. Any thread; blocks. */
final class Diagnose implements OperatorCommand {

    private final OperatedServer server;

    Diagnose(OperatedServer server) {
        this.server = server;
    }

    @Override
    public void run(Request request, Answer answer) throws IOException {
        for (Finding finding : server.examine()) {
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put("severity", finding.severity().name().toLowerCase(Locale.ROOT));
            fields.put("about", finding.about());
            fields.put("text", finding.text());
            answer.line(fields);
        }
    }
}
