package dev.zeroftpd.operator;

import dev.zeroftpd.ops.LogText;
import java.io.IOException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code enable}: lets an account log in again. One line. Any thread. */
final class Enable implements OperatorCommand {

    private static final Logger LOG = LoggerFactory.getLogger(Enable.class);

    private final OperatedServer server;

    Enable(OperatedServer server) {
        this.server = server;
    }

    @Override
    public void run(Request request, Answer answer) throws Refused, IOException {
        String account = request.text("user").orElseThrow(() -> Refused.wrong("say which \"user\" to enable"));
        AccountEdit.run(() -> server.enable(account), "enable");
        LOG.info("The operator enabled the account {}", LogText.escape(account));
        answer.line(Map.of("enabled", account));
    }
}
