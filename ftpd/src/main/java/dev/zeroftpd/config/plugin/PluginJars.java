package dev.zeroftpd.config.plugin;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The jars of plugins, as the launcher puts them on the class path: behind the server's own, from the folder {@code plugins} beside
 * it. Nothing in them is opened here. Immutable; any thread.
 *
 * @param folder where jars of plugins belong
 * @param files those that this process has, in their order
 */
public record PluginJars(Path folder, List<Path> files) {

    private static final String FOLDER = "plugins";

    /** Which jar of ours brings accounts from where. */
    private static final Map<String, String> OF_SOURCES = Map.of("ldap", "zeroftpd-ldap", "sql", "zeroftpd-sql");

    /** Takes a copy. */
    public PluginJars {
        files = List.copyOf(files);
    }

    /** Of this process. */
    public static PluginJars ofProcess() {
        return of(System.getProperty("java.class.path", ""));
    }

    /** Without streams: each start comes here. */
    static PluginJars of(String classPath) {
        List<Path> jars = new ArrayList<>();
        Path folder = Path.of(FOLDER).toAbsolutePath();
        boolean first = true;
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            Path jar = Path.of(entry).toAbsolutePath().normalize();
            if (first) {
                folder = jar.resolveSibling(FOLDER);
                first = false;
            } else if (isIn(FOLDER, jar)) {
                jars.add(jar);
            }
        }
        return new PluginJars(folder, jars);
    }

    private static boolean isIn(String folder, Path file) {
        Path parent = file.getParent();
        return parent != null && parent.endsWith(folder);
    }

    /** The source of ours whose setting a key would be. */
    public static Optional<String> sourceOf(String key) {
        return OF_SOURCES.keySet().stream()
                .filter(source -> key.startsWith(source + "."))
                .findFirst();
    }

    /** Their names, without where they are. */
    public List<String> names() {
        return files.stream().map(file -> String.valueOf(file.getFileName())).toList();
    }

    /** What to do where accounts are to come from a source that no plugin brings, in a clause. */
    public String remedyForSource(String source) {
        String jar = Optional.ofNullable(OF_SOURCES.get(source))
                .map(name -> "the jars of " + name)
                .orElse("the jar of a plugin for it");
        return "put " + jar + " into " + folder + ", or set users.source=file";
    }

    /** What to do where a home has a scheme that no plugin serves, in a clause. */
    public String remedyForScheme(String scheme) {
        return "put the jar of a plugin that serves " + scheme + ": into " + folder + ", or name a directory";
    }
}
