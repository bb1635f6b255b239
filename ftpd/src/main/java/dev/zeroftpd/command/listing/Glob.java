package dev.zeroftpd.command.listing;

import java.util.ArrayList;
import java.util.List;

/**
 * A pattern for one name: {@code *} any characters, {@code ?} one, {@code [a-z]} one of them, {@code [!a-z]} one of no
 * such. Immutable; any thread.
 *
 * <p>A pattern comes from the client, so it must not cost more than it is worth: matching takes at most as many steps as
 * the product of both lengths, since only the last {@code *} is ever tried again.
 */
final class Glob {

    /** What matches one character, or (for {@code *}) any number of them. */
    private sealed interface Token {}

    private record Literal(int character) implements Token {}

    private record AnyOne() implements Token {}

    private record AnyNumber() implements Token {}

    /** A set such as {@code [a-z_]}, as pairs of the first and the last character of each range. */
    private static final class OneOf implements Token {

        private final boolean negated;
        private final int[] ranges;

        OneOf(boolean negated, int[] ranges) {
            this.negated = negated;
            this.ranges = ranges;
        }

        boolean contains(int character) {
            for (int i = 0; i < ranges.length; i += 2) {
                if (ranges[i] <= character && character <= ranges[i + 1]) {
                    return !negated;
                }
            }
            return negated;
        }
    }

    private final List<Token> tokens;
    private final boolean dot;

    private Glob(List<Token> tokens, boolean dot) {
        this.tokens = tokens;
        this.dot = dot;
    }

    /** True if {@code name} has a character that means something in a pattern. */
    static boolean isPattern(String name) {
        return name.indexOf('*') >= 0 || name.indexOf('?') >= 0 || name.indexOf('[') >= 0;
    }

    static Glob of(String pattern) {
        List<Token> tokens = new ArrayList<>();
        int at = 0;
        while (at < pattern.length()) {
            int character = pattern.codePointAt(at);
            int next = at + Character.charCount(character);
            switch (character) {
                case '*' -> {
                    if (tokens.isEmpty() || !(tokens.getLast() instanceof AnyNumber)) {
                        tokens.add(new AnyNumber());
                    }
                }
                case '?' -> tokens.add(new AnyOne());
                case '[' -> {
                    int end = endOfSet(pattern, next);
                    tokens.add(end < 0 ? new Literal('[') : set(pattern.substring(next, end)));
                    next = end < 0 ? next : end + 1;
                }
                default -> tokens.add(new Literal(character));
            }
            at = next;
        }
        return new Glob(List.copyOf(tokens), pattern.startsWith("."));
    }

    /** True if the pattern itself begins with a dot and so is meant for hidden names. */
    boolean isForHidden() {
        return dot;
    }

    boolean matches(CharSequence name) {
        int at = 0;
        int token = 0;
        int retryAt = 0;
        int retryToken = -1; // the token behind the last *
        while (at < name.length()) {
            if (token < tokens.size() && tokens.get(token) instanceof AnyNumber) {
                token++;
                retryToken = token;
                retryAt = at;
                continue;
            }
            int character = Character.codePointAt(name, at);
            if (token < tokens.size() && takes(tokens.get(token), character)) {
                token++;
                at += Character.charCount(character);
            } else if (retryToken >= 0) {
                retryAt += Character.charCount(Character.codePointAt(name, retryAt));
                at = retryAt;
                token = retryToken;
            } else {
                return false;
            }
        }
        while (token < tokens.size() && tokens.get(token) instanceof AnyNumber) {
            token++;
        }
        return token == tokens.size();
    }

    private static boolean takes(Token token, int character) {
        return switch (token) {
            case Literal(int wanted) -> wanted == character;
            case AnyOne() -> true;
            case OneOf set -> set.contains(character);
            case AnyNumber() -> false;
        };
    }

    /** Where the set that begins at {@code start} ends, or -1 if it doesn't; a {@code ]} in first place is a member. */
    private static int endOfSet(String pattern, int start) {
        int first = start < pattern.length() && isNegation(pattern.charAt(start)) ? start + 1 : start;
        return pattern.indexOf(']', first + 1);
    }

    private static boolean isNegation(char character) {
        return character == '!' || character == '^';
    }

    private static OneOf set(String members) {
        boolean negated = isNegation(members.charAt(0));
        int[] characters = members.substring(negated ? 1 : 0).codePoints().toArray();
        List<Integer> ranges = new ArrayList<>();
        int i = 0;
        while (i < characters.length) {
            boolean range = i + 2 < characters.length && characters[i + 1] == '-';
            ranges.add(characters[i]);
            ranges.add(characters[range ? i + 2 : i]);
            i += range ? 3 : 1;
        }
        return new OneOf(negated, ranges.stream().mapToInt(Integer::intValue).toArray());
    }
}
