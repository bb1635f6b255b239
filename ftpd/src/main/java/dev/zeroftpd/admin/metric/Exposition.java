package dev.zeroftpd.admin.metric;

/**
 * The text of all metrics at one moment, as OpenMetrics 1.0 or Prometheus's older text format 0.0.4 has it. One thread, one
 * scrape.
 */
public final class Exposition {

    /** How the text is written. */
    public enum Format {
        OPEN_METRICS("application/openmetrics-text; version=1.0.0; charset=utf-8"),
        /** For readers that know nothing newer. */
        TEXT("text/plain; version=0.0.4; charset=utf-8");

        private final String contentType;

        Format(String contentType) {
            this.contentType = contentType;
        }

        public String contentType() {
            return contentType;
        }
    }

    /** What a family's values mean. */
    public enum Kind {
        /** Only grows; its samples end with {@code _total}. */
        COUNTER("counter", "_total"),
        GAUGE("gauge", ""),
        HISTOGRAM("histogram", ""),
        /** Says something by its labels only; its samples end with {@code _info}. */
        INFO("info", "_info");

        private final String word;
        private final String suffix;

        Kind(String word, String suffix) {
            this.word = word;
            this.suffix = suffix;
        }
    }

    private static final String PREFIX = "zeroftpd_";

    /** A scrape of a server with some users has about this size. */
    private static final int USUAL_LENGTH = 16 * 1024;

    private final Format format;
    private final StringBuilder text = new StringBuilder(USUAL_LENGTH);
    private String sampleName = "";

    Exposition(Format format) {
        this.format = format;
    }

    /**
     * Begins a family; the samples that follow are its own.
     *
     * @param name without {@code zeroftpd_} and without the ending of its kind
     * @param help one sentence for people, without line breaks and backslashes
     */
    public Exposition family(String name, Kind kind, String help) {
        sampleName = PREFIX + name + kind.suffix;
        boolean open = format == Format.OPEN_METRICS;
        String shown = open ? PREFIX + name : sampleName;
        String word = open || kind != Kind.INFO ? kind.word : Kind.GAUGE.word;
        text.append("# HELP ").append(shown).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(shown).append(' ').append(word).append('\n');
        return this;
    }

    /** A whole number, with pairs of label and value. */
    public Exposition sample(long value, String... labels) {
        return sample("", Long.toString(value), labels);
    }

    /** One line of a histogram, such as {@code _bucket}. */
    Exposition part(String ending, String value, String... labels) {
        return sample(ending, value, labels);
    }

    private Exposition sample(String ending, String value, String... labels) {
        text.append(sampleName).append(ending);
        for (int i = 0; i < labels.length; i += 2) {
            text.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"");
            escape(labels[i + 1]);
            text.append('"');
        }
        if (labels.length > 0) {
            text.append('}');
        }
        text.append(' ').append(value).append('\n');
        return this;
    }

    /** Names of accounts can hold anything but must stay within their quotes and their line. */
    private void escape(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '"' -> text.append("\\\"");
                case '\n' -> text.append("\\n");
                default -> text.append(Character.isISOControl(c) ? '?' : c);
            }
        }
    }

    /** All of it; to be sent in UTF-8. */
    String end() {
        if (format == Format.OPEN_METRICS) {
            text.append("# EOF\n");
        }
        return text.toString();
    }
}
