package dev.zeroftpd.cli.operate;

import dev.zeroftpd.cli.text.Shown;
import dev.zeroftpd.operator.socket.JsonLine;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ftpd web}: what there is to do with the live page. One thread. */
@Command(name = "web", description = "Lets a browser in to the live page of the running server.")
final class WebCommand {

    private WebCommand() {}

    /** With its own commands. */
    static CommandLine of(Surroundings surroundings) {
        return new CommandLine(new WebCommand()).addSubcommand(new Login(surroundings));
    }

    /** {@code ftpd web login}: makes a link that signs in. One thread. */
    @Command(
            name = "login",
            description = {
                "Prints a link that signs one browser in to the live page, once, within a minute.",
                "There is no password: who may use the control socket may let browsers in."
            })
    static final class Login extends OperatorCommand {

        private static final String UNFIT = "[^\\w.@-]";

        @Option(
                names = "--role",
                paramLabel = "ROLE",
                required = true,
                description =
                        "viewer (sees everything, changes nothing), admin, or admin:GROUP (that group's accounts).")
        private String role = "";

        @Option(
                names = "--name",
                paramLabel = "NAME",
                description = "Who gets it, for the log. Default: the user who runs this command.")
        private Optional<String> name = Optional.empty();

        @Option(names = "--json", description = "Print a JSON object, for programs.")
        private boolean json;

        Login(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        int run(Server server) throws Unanswered, IOException {
            Map<String, Object> request = new LinkedHashMap<>();
            request.put("command", "web-login");
            request.put("role", role);
            request.put("name", name.orElseGet(Login::user));
            List<Map<String, Object>> answer = server.ask(request);
            answer.forEach(line -> say(json ? JsonLine.of(line) : Shown.text(line, "url")));
            return ExitCode.FINE;
        }

        /** Who became root for this by sudo is meant, not root. */
        private static String user() {
            @Nullable String sudoer = System.getenv("SUDO_USER");
            String user = sudoer == null ? System.getProperty("user.name", "operator") : sudoer;
            String fit = user.replaceAll(UNFIT, "-");
            return fit.isEmpty() ? "operator" : fit.substring(0, Math.min(fit.length(), 64));
        }
    }
}
