package dev.zeroftpd.operator;

import dev.zeroftpd.operator.OperatedServer.HookTrial;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code hook-test}: sends a sample to a hook; one line about what came back. Any thread; blocks. */
final class TestHook implements OperatorCommand {

    private final OperatedServer server;

    TestHook(OperatedServer server) {
        this.server = server;
    }

    @Override
    public void run(Request request, Answer answer) throws Refused, IOException {
        String event = request.text("event").orElseThrow(() -> Refused.wrong("\"event\" is missing"));
        HookTrial trial = server.testHook(event)
                .orElseThrow(() -> Refused.wrong(
                        "this server has no hook." + event + ": set it, restart the server, or name another event"));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("event", event);
        fields.put("target", trial.target());
        fields.put("accepted", trial.accepted());
        fields.put("detail", trial.detail());
        answer.line(fields);
    }
}
