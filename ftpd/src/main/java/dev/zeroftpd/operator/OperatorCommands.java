package dev.zeroftpd.operator;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The commands by their names. Stateless; any thread. */
final class OperatorCommands {

    private OperatorCommands() {}

    static Map<String, OperatorCommand> of(OperatedServer server, SocketFile socket) {
        return Map.ofEntries(
                of("status", new Status(server)),
                of("who", Who.of(server.sessions())),
                of("kick", new Kick(server), "session", "user", "address", "ban_seconds", "disable"),
                of("ban", new Ban(server), "address", "seconds"),
                of("unban", new Unban(server), "address"),
                of("bans", new ListBans(server.bans())),
                of("reload", new Reload(server)),
                of("drain", new Drain(server), "deadline_seconds"),
                of("trace", new TraceSessions(server.sessions().traces()), "user", "address"),
                of("doctor", new Diagnose(server)),
                of(HandOver.COMMAND, (request, answer) -> makeWay(server, socket)));
    }

    /** @param fields that a request may have */
    private static Map.Entry<String, OperatorCommand> of(String name, OperatorCommand command, String... fields) {
        List<String> known = List.of(fields);
        return Map.entry(name, (request, answer) -> {
            request.requireOnly(known);
            command.run(request, answer);
        });
    }

    private static void makeWay(OperatedServer server, SocketFile socket) throws Refused, IOException {
        if (!server.isDraining()) {
            throw Refused.because("process " + ProcessHandle.current().pid() + " serves");
        }
        socket.moveAside();
    }
}
