package dev.zeroftpd.it.support;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Types the {@code ftpd} command as a server's operator does. Any thread. */
public final class Operator {

    private Operator() {}

    /** Runs a command of the operator for {@code server}, to its end. */
    public static Command ftpd(ServerUnderTest server, String... words) throws IOException {
        return Command.run(server.folder(), command(server, words).toArray(new String[0]));
    }

    /** The whole command line. */
    public static List<String> command(ServerUnderTest server, String... words) {
        List<String> typed = new ArrayList<>(List.of(words));
        typed.addAll(
                List.of("--config", server.folder().resolve("ftpd.properties").toString()));
        return Checkout.ftpd(64, typed);
    }

    /** What {@code who --json} prints. */
    @SuppressWarnings("unchecked") // the keys of JSON are texts
    public static List<Map<String, Object>> who(ServerUnderTest server) throws IOException {
        String output = ftpd(server, "who", "--json").expectExit(0).output();
        List<Map<String, Object>> sessions = new ArrayList<>();
        for (Object each : JSON.std.listFrom(output)) {
            sessions.add((Map<String, Object>) each);
        }
        return sessions;
    }

    /** Where the server answers. */
    public static Path socket(ServerUnderTest server) {
        return server.folder().resolve("run/ftpd.sock");
    }
}
