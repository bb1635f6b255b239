package dev.zeroftpd.cli;

import dev.zeroftpd.config.reader.NearestName;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says what is wrong with a command line, and what was probably meant: only names that are near, unlike picocli's own suggestions.
 * Stateless; one thread.
 */
final class WrongUsage implements IParameterExceptionHandler {

    @Override
    public int handleParseException(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        String name = command.getCommandSpec().qualifiedName();
        if (wrong instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String typed = unmatched.getUnmatched().getFirst();
            err.println("error: " + name + " has no " + kind(command, typed) + " " + typed + remedy(command, typed));
        } else {
            err.println("error: " + wrong.getMessage());
            err.println();
            command.usage(err);
        }
        err.println("More: " + name + " --help");
        return Main.WRONG;
    }

    private static String kind(CommandLine command, String typed) {
        if (typed.startsWith("-")) {
            return "option";
        }
        return command.getSubcommands().isEmpty() ? "argument" : "command";
    }

    private static String remedy(CommandLine command, String typed) {
        boolean option = typed.startsWith("-");
        String bare = option ? typed.split("=", 2)[0] : typed;
        List<String> names = option
                ? command.getCommandSpec().options().stream()
                        .flatMap(known -> Stream.of(known.names()))
                        .toList()
                : List.copyOf(command.getSubcommands().keySet());
        Optional<String> nearest = NearestName.to(bare, names);
        if (nearest.isPresent()) {
            return "; did you mean " + nearest.get() + "?";
        }
        return names.isEmpty() ? "" : "; it has " + String.join(", ", names);
    }
}
