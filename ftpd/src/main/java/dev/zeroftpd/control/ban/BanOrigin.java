package dev.zeroftpd.control.ban;

/** Who made a ban: it decides how long it is remembered, and whom it may keep out. */
public enum BanOrigin {
    /** Guesses at passwords did: it spares what the rules spare. */
    GUESSES("guesses"),
    /** The operator did: it holds for every address, until it is over or lifted. */
    OPERATOR("operator");

    private final String word;

    BanOrigin(String word) {
        this.word = word;
    }

    /** What the file of bans and operators' commands call it. */
    public String word() {
        return word;
    }
}
