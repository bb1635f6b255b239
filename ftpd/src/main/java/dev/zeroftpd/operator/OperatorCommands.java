package dev.zeroftpd.operator;

import dev.zeroftpd.control.view.SessionView;
import dev.zeroftpd.operator.socket.HandOver;
import dev.zeroftpd.operator.socket.SocketFile;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The commands by their names. Stateless; any thread. */
final class OperatorCommands {

    private OperatorCommands() {}

    static Map<String, OperatorCommand> of(OperatedServer server, SocketFile socket) {
        return Map.ofEntries(
                of("status", new Status(server)),
                of("who", Who.of(server.sessions())),
                kick(server, _ -> true),
                ban(server),
                unban(server),
                enable(server),
                of("bans", new ListBans(server.bans())),
                of("reload", new Reload(server)),
                of("drain", new Drain(server), "deadline_seconds"),
                of("trace", new TraceSessions(server.sessions().traces()), "user", "address"),
                of("doctor", new Diagnose(server)),
                of("web-login", new WebLogin(server), "role", "name"),
                of("hook-test", new TestHook(server), "event"),
                of("quota", (request, answer) -> server.showQuotas(request.text("user"), answer::line), "user"),
                of("quota-scan", (request, answer) -> scan(server, request, answer), "user"),
                of(
                        "retention",
                        (request, answer) -> server.expire(request.text("user"), request.flag("dry_run"), answer::line),
                        "user",
                        "dry_run"),
                of(HandOver.COMMAND, (request, answer) -> makeWay(server, socket)));
    }

    private static Map.Entry<String, OperatorCommand> kick(OperatedServer server, Predicate<SessionView> scope) {
        return of("kick", new Kick(server, scope), "session", "user", "address", "ban_seconds", "disable");
    }

    private static Map.Entry<String, OperatorCommand> ban(OperatedServer server) {
        return of("ban", new Ban(server), "address", "seconds");
    }

    private static Map.Entry<String, OperatorCommand> unban(OperatedServer server) {
        return of("unban", new Unban(server), "address");
    }

    private static Map.Entry<String, OperatorCommand> enable(OperatedServer server) {
        return of("enable", new Enable(server), "user");
    }

    /**
     * One of those that change something and answer at once.
     *
     * @param scope the sessions that it may end
     */
    static OperatorCommand act(OperatedServer server, Predicate<SessionView> scope, String name) throws Refused {
        return switch (name) {
            case "kick" -> kick(server, scope).getValue();
            case "ban" -> ban(server).getValue();
            case "unban" -> unban(server).getValue();
            case "enable" -> enable(server).getValue();
            default -> throw Refused.wrong("there is no \"" + name + "\" here");
        };
    }

    /** @param fields that a request may have */
    private static Map.Entry<String, OperatorCommand> of(String name, OperatorCommand command, String... fields) {
        List<String> known = List.of(fields);
        return Map.entry(name, (request, answer) -> {
            request.requireOnly(known);
            command.run(request, answer);
        });
    }

    /** Each line at once: a count takes its time. */
    private static void scan(OperatedServer server, Request request, Answer answer) throws Refused, IOException {
        server.scanQuotas(request.text("user"), line -> {
            answer.line(line);
            answer.flush();
        });
    }

    private static void makeWay(OperatedServer server, SocketFile socket) throws Refused, IOException {
        if (!server.isDraining()) {
            throw Refused.because("process " + ProcessHandle.current().pid() + " serves");
        }
        socket.moveAside();
    }
}
