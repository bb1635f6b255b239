package dev.zeroftpd.config.reader;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/** A configuration that can't be used, with everything that is wrong in it. Immutable; any thread. */
public final class ConfigException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /**
     * @param problems at least one
     * @throws IllegalArgumentException if there is no problem
     */
    public ConfigException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining(System.lineSeparator())));
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("a configuration error needs a problem");
        }
        this.problems = List.copyOf(problems);
    }

    public ConfigException(Problem problem) {
        this(List.of(problem));
    }

    /** All that is wrong, in the order of the files. */
    public List<Problem> problems() {
        return problems;
    }
}
