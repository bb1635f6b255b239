package dev.zeroftpd.users;

import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.Misreading;
import dev.zeroftpd.config.reader.Problem;
import dev.zeroftpd.config.reader.PropertiesFile.Entry;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What is wrong in a file of accounts, each thing once, and of one line not more than a reader needs, however many accounts it
 * concerns. One thread.
 */
final class Findings {

    /** A line of a group may be wrong for each of a hundred thousand members. */
    static final int MOST_OF_A_LINE = 20;

    private final Path file;
    private final Set<Finding> findings = new LinkedHashSet<>();
    private final Map<Integer, Integer> byLine = new HashMap<>();

    Findings(Path file) {
        this.file = file;
    }

    /** A problem and its line, to report all of them from top to bottom. */
    private record Finding(int line, Problem problem) {}

    Path file() {
        return file;
    }

    /** How much was found so far. */
    int count() {
        return findings.size();
    }

    void report(Entry entry, String what, String remedy) {
        // An entry that an edit has put in has no line yet.
        Problem problem = entry.line() == 0
                ? Problem.inFile(file, what, remedy)
                : Problem.inLine(file, entry.line(), what, remedy);
        Finding finding = new Finding(entry.line(), problem);
        if (entry.line() == 0 || byLine.getOrDefault(entry.line(), 0) < MOST_OF_A_LINE) {
            if (findings.add(finding)) {
                byLine.merge(entry.line(), 1, Integer::sum);
            }
        } else if (!findings.contains(finding)) {
            findings.add(new Finding(
                    entry.line(),
                    Problem.inLine(file, entry.line(), "and so on, for other accounts", "mend the first ones")));
        }
    }

    /** A value that can't be used may be none that was meant. */
    void reportValue(Entry entry, String what, String remedy) {
        report(entry, what, Misreading.of(entry).orElse(remedy));
    }

    /** @throws ConfigException with all of them, from top to bottom, if there are any */
    void requireNone() throws ConfigException {
        if (!findings.isEmpty()) {
            throw new ConfigException(findings.stream()
                    .sorted(Comparator.comparingInt(Finding::line))
                    .map(Finding::problem)
                    .toList());
        }
    }
}
