package dev.zeroftpd.operator;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** {@code web-login}: makes a link by which one browser may sign in to the live page, once. One line. Any thread. */
final class WebLogin implements OperatorCommand {

    /** It stands in each line of the log about what its bearer does. */
    private static final Pattern NAME = Pattern.compile("[\\w.@-]{1,64}");

    private final OperatedServer server;

    WebLogin(OperatedServer server) {
        this.server = server;
    }

    @Override
    public void run(Request request, Answer answer) throws Refused, IOException {
        String role = request.text("role")
                .orElseThrow(() -> Refused.wrong("say which \"role\": viewer, admin or admin:GROUP"));
        String name = request.text("name").orElse("operator");
        if (!NAME.matcher(name).matches()) {
            throw Refused.wrong("\"name\" must be up to 64 letters, digits and any of . _ @ -");
        }
        OperatedServer.WebLink link = server.webLogin(role, name);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("url", link.url());
        fields.put("seconds", link.validity().toSeconds());
        fields.put("role", role);
        fields.put("name", name);
        answer.line(fields);
    }
}
