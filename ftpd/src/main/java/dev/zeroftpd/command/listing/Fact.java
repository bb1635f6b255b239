package dev.zeroftpd.command.listing;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** A fact that MLST and MLSD tell about a file (RFC 3659, section 7.5), in the order in which they are told. */
public enum Fact {
    TYPE("type"),
    SIZE("size"),
    MODIFY("modify"),
    CREATE("create"),
    PERM("perm"),
    UNIQUE("unique"),
    UNIX_MODE("UNIX.mode"),
    UNIX_OWNER("UNIX.owner"),
    UNIX_GROUP("UNIX.group");

    /** The facts that a session gets until it chooses others: those that clients use. */
    public static final Set<Fact> DEFAULTS =
            Collections.unmodifiableSet(EnumSet.of(TYPE, SIZE, MODIFY, PERM, UNIQUE, UNIX_MODE));

    private final String label;

    Fact(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** The facts that {@code list} names, separated by semicolons; unknown names are ignored. */
    public static Set<Fact> parse(String list) {
        Set<Fact> chosen = EnumSet.noneOf(Fact.class);
        for (String name : list.split(";", -1)) {
            for (Fact fact : values()) {
                if (fact.label.equalsIgnoreCase(name.strip())) {
                    chosen.add(fact);
                }
            }
        }
        return Collections.unmodifiableSet(chosen);
    }

    /** The list as OPTS MLST confirms it: {@code type;size;}. */
    public static String list(Set<Fact> chosen) {
        return EnumSet.allOf(Fact.class).stream()
                .filter(chosen::contains)
                .map(fact -> fact.label + ";")
                .collect(Collectors.joining());
    }

    /** The line for FEAT, chosen facts with a star: {@code MLST type*;size*;create;} (RFC 3659, section 7.8). */
    public static String feature(Set<Fact> chosen) {
        return "MLST "
                + EnumSet.allOf(Fact.class).stream()
                        .map(fact -> fact.label + (chosen.contains(fact) ? "*;" : ";"))
                        .collect(Collectors.joining());
    }
}
