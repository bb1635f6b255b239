package dev.zeroftpd.config.reader;

import dev.zeroftpd.config.file.FileAccess;
import dev.zeroftpd.config.plugin.PluginJars;
import dev.zeroftpd.config.plugin.UriSecret;
import dev.zeroftpd.os.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The texts of all keys that are set, the strongest source winning: {@code --set}, environment, file. One thread.
 */
final class RawValues {

    /**
     * One text and where it is from.
     *
     * @param base what a relative path in it is relative to
     * @param misreading what to do if it isn't what was meant
     */
    record RawValue(String text, String where, Path base, Optional<String> misreading) {

        RawValue(String text, String where, Path base) {
            this(text, where, base, Optional.empty());
        }
    }

    private final Map<String, RawValue> values = new LinkedHashMap<>();
    private final List<Problem> problems;
    private final List<Problem> warnings;
    private final List<Problem> unread = new ArrayList<>();
    private final List<Unknown> unknown = new ArrayList<>();

    /**
     * A key that isn't ours, but may be that of a plugin.
     *
     * @param said what is wrong with it, if it isn't
     */
    private record Unknown(UnaryOperator<String> keyUnder, RawValue value, Problem said) {}

    RawValues(List<Problem> problems, List<Problem> warnings) {
        this.problems = problems;
        this.warnings = warnings;
    }

    /** Reads every source; returns the file that was read. */
    Optional<Path> read(SettingsSources sources) {
        Optional<Path> file =
                sources.file().or(() -> Optional.of(sources.defaultFile()).filter(Files::exists));
        file.ifPresent(this::readFile);
        readEnvironment(sources.environment(), sources.workingDirectory());
        int before = problems.size();
        sources.assignments().forEach(assignment -> readAssignment(assignment, sources.workingDirectory()));
        unread.addAll(problems.subList(before, problems.size()));
        find(SourceReader.SOURCE.name())
                .flatMap(source -> SourceReader.prefix(source.text().toLowerCase(Locale.ROOT)))
                .ifPresent(this::takeForPlugin);
        return file;
    }

    /** Later ones count more: they stand in the order of the sources. */
    private void takeForPlugin(String prefix) {
        for (Unknown each : unknown) {
            String key = each.keyUnder().apply(prefix);
            if (!key.isEmpty()) {
                values.put(key, each.value());
                problems.remove(each.said());
                unread.remove(each.said());
                warnings.remove(each.said());
            }
        }
    }

    /** The values of all keys that begin so. */
    SortedMap<String, RawValue> startingWith(String prefix) {
        SortedMap<String, RawValue> found = new TreeMap<>();
        values.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                found.put(key, value);
            }
        });
        return found;
    }

    /** Of the problems those that leave a whole file, or an argument of this command line, unread. */
    List<Problem> unread() {
        return unread;
    }

    Optional<RawValue> find(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** The names that keys of the family have, sorted. */
    NavigableSet<String> names(KeyFamily family) {
        return family.namesIn(values.keySet());
    }

    Map<String, String> origins() {
        Map<String, String> origins = new TreeMap<>();
        values.forEach((key, value) -> origins.put(key, value.where()));
        return origins;
    }

    SettingTexts texts() {
        Map<String, String> texts = new TreeMap<>();
        values.forEach((key, value) -> texts.put(key, value.text()));
        return new SettingTexts(texts);
    }

    private void readFile(Path file) {
        Optional<String> fault = FileAccess.fault(file);
        if (fault.isPresent()) {
            leaveUnread(List.of(
                    Problem.inFile(file, "the configuration " + fault.get(), "name another one with --config")));
            return;
        }
        Path directory = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file.toAbsolutePath());
        try {
            PropertiesFile properties = PropertiesFile.read(file);
            problems.addAll(properties.duplicates());
            for (PropertiesFile.Entry entry : properties.entries()) {
                put(
                        entry.key(),
                        new RawValue(
                                entry.value().strip(), file + ":" + entry.line(), directory, Misreading.of(entry)));
            }
        } catch (ConfigException e) {
            leaveUnread(e.problems());
        } catch (IOException e) {
            leaveUnread(List.of(
                    Problem.inFile(file, "reading failed: " + FailureReason.of(e), "look at the file and its disk")));
        }
    }

    private void leaveUnread(List<Problem> why) {
        problems.addAll(why);
        unread.addAll(why);
    }

    private void readEnvironment(Map<String, String> environment, Path base) {
        new TreeMap<>(environment).forEach((variable, text) -> {
            if (variable.startsWith(SettingKeys.VARIABLE_PREFIX)) {
                Optional<String> key = keyOf(variable);
                RawValue value = new RawValue(text.strip(), variable, base);
                key.ifPresent(known -> values.put(known, value));
                if (key.isEmpty()) {
                    Problem said = unknownVariable(variable);
                    warnings.add(said);
                    unknown.add(new Unknown(prefix -> keyOfPlugin(variable, prefix), value, said));
                }
            }
        });
    }

    private void readAssignment(String assignment, Path base) {
        int equals = assignment.indexOf('=');
        if (equals < 0) {
            problems.add(
                    new Problem("--set " + UriSecret.shown(assignment), "there is no value", "write --set key=value"));
            return;
        }
        String key = assignment.substring(0, equals).strip();
        put(key, new RawValue(assignment.substring(equals + 1).strip(), "--set", base));
    }

    private void put(String key, RawValue value) {
        if (isKnown(key)) {
            values.put(key, value);
        } else {
            String remedy = PluginJars.sourceOf(key)
                    .map(source -> "set users.source=" + source + " too, or remove it")
                    .or(() -> NearestName.to(key, suggestions(key)).map(name -> "did you mean " + name + "?"))
                    .orElse("remove it, or look its name up in docs/configuration.md");
            Problem said = new Problem(value.where(), key + " is not a setting", remedy);
            problems.add(said);
            unknown.add(new Unknown(prefix -> key.startsWith(prefix) ? key : "", value, said));
        }
    }

    /** In lower case, with hyphens; empty if the variable is none of the plugin. */
    private static String keyOfPlugin(String variable, String prefix) {
        String start = SettingKeys.VARIABLE_PREFIX
                + prefix.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
        return variable.startsWith(start) && variable.length() > start.length()
                ? prefix
                        + variable.substring(start.length())
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '-')
                : "";
    }

    private static boolean isKnown(String key) {
        return SettingKeys.ALL.stream().anyMatch(known -> known.name().equals(key))
                || SettingKeys.FAMILIES.stream()
                        .anyMatch(family -> family.nameIn(key).isPresent());
    }

    /** All keys, and those of the name that a three-part key has. */
    private static List<String> suggestions(String key) {
        Stream<String> further = SettingKeys.FAMILIES.stream().flatMap(family -> family.like(key));
        return Stream.concat(SettingKeys.ALL.stream().map(SettingKey::name), further)
                .toList();
    }

    /** A variable can't tell {@code -} from {@code .}: names that the file has go first. */
    private Optional<String> keyOf(String variable) {
        Stream<SettingKey<?>> named = SettingKeys.FAMILIES.stream()
                .flatMap(family -> names(family).stream()
                        .flatMap(name -> family.keys().stream().map(key -> key.named(name))));
        Optional<String> known = Stream.concat(SettingKeys.ALL.stream(), named)
                .filter(key -> key.variable().equals(variable))
                .map(SettingKey::name)
                .findFirst();
        return known.or(() -> SettingKeys.FAMILIES.stream()
                .flatMap(family -> family.keyOf(variable).stream())
                .findFirst());
    }

    private static Problem unknownVariable(String variable) {
        List<String> known = new ArrayList<>();
        SettingKeys.ALL.forEach(key -> known.add(key.variable()));
        String remedy = NearestName.to(variable, known)
                .map(name -> "did you mean " + name + "?")
                .orElse("it is ignored");
        return new Problem(variable, "this environment variable is not a setting", remedy);
    }
}
