package dev.zeroftpd.cli.operate;

import java.util.Comparator;
import java.util.Locale;

/** By what {@code top} sorts. */
enum TopOrder {
    RATE,
    BYTES,
    IDLE,
    USER,
    ADDRESS,
    SINCE;

    /** Rows that are equal in it stay in the order that the server has them in: the oldest first. */
    Comparator<TopRow> comparator() {
        return switch (this) {
            case RATE -> Comparator.comparingLong(TopRow::rate).reversed();
            case BYTES -> Comparator.comparingLong(TopRow::bytes).reversed();
            case IDLE -> Comparator.comparingLong(TopRow::idleSeconds).reversed();
            case USER -> Comparator.comparing(TopRow::user);
            case ADDRESS -> Comparator.comparing(TopRow::address);
            case SINCE -> Comparator.comparing(TopRow::since);
        };
    }

    TopOrder next() {
        return switch (this) {
            case RATE -> BYTES;
            case BYTES -> IDLE;
            case IDLE -> USER;
            case USER -> ADDRESS;
            case ADDRESS -> SINCE;
            case SINCE -> RATE;
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
