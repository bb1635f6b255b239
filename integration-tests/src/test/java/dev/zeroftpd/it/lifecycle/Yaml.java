package dev.zeroftpd.it.lifecycle;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.zeroftpd.it.support.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** YAML as python3-yaml reads it. Stateless. */
final class Yaml {

    private static final String TO_JSON =
            "import json, sys, yaml; print(json.dumps(list(yaml.safe_load_all(open(sys.argv[1])))))";

    private Yaml() {}

    /**
     * The documents of a file.
     *
     * @param folder for what the reading leaves behind
     */
    static List<Object> documents(Path folder, Path file) throws IOException {
        Command read = Command.run(folder, "python3", "-c", TO_JSON, file.toString());
        return JSON.std.listFrom(read.expectExit(0).output());
    }

    /** The value under keys and indexes with slashes between them, which must be there. */
    static Object at(Object tree, String path) {
        Object value = tree;
        for (String step : path.split("/", -1)) {
            Object next = switch (value) {
                case List<?> list -> list.get(Integer.parseInt(step));
                case Map<?, ?> map -> map.get(step);
                default -> null;
            };
            value = Objects.requireNonNull(next, path);
        }
        return value;
    }

    /** The same, as text. */
    static String text(Object tree, String path) {
        return String.valueOf(at(tree, path));
    }

    /** The same, as a list. */
    static List<?> list(Object tree, String path) {
        return (List<?>) at(tree, path);
    }
}
