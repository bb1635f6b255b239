package dev.zeroftpd.cli.operate;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.NonBlockingReader;

/**
 * The terminal that this process runs in, while it shows a screen instead of lines; as it was before after {@link #close}, also
 * where a signal ends the process. One thread.
 */
final class TopTerminal implements Closeable {

    private static final int ESCAPE = 0x1b;

    /** What the terminal sends for one key comes at once, but a slow line may split it. */
    private static final long REST_OF_KEY_MILLIS = 100;

    private static final int CTRL_C = 3;
    private static final int CTRL_H = 8;
    private static final int DELETE = 0x7f;

    /** Of terminals that don't tell. */
    private static final Size USUAL = Size.of(80, 24);

    private final Terminal terminal;
    private final NonBlockingReader keys;
    private final Attributes before;
    private final Thread atExit = new Thread(this::restore, "terminal");
    private boolean restored;

    private TopTerminal(Terminal terminal) {
        this.terminal = terminal;
        this.keys = terminal.reader();
        this.before = terminal.enterRawMode();
        Attributes raw = terminal.getAttributes();
        raw.setLocalFlag(Attributes.LocalFlag.ISIG, false); // Ctrl-C is a key, and Ctrl-Z means nothing
        terminal.setAttributes(raw);
        terminal.puts(Capability.enter_ca_mode);
        terminal.puts(Capability.cursor_invisible);
        terminal.puts(Capability.clear_screen);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** @throws IOException if this process has no terminal */
    static TopTerminal open() throws IOException {
        try {
            return new TopTerminal(TerminalBuilder.builder()
                    .system(true)
                    .dumb(false)
                    .provider("ffm")
                    .graphemeCluster(false) // or it asks the terminal what it can, and waits for an answer
                    .build());
        } catch (IllegalStateException e) {
            throw new IOException("top needs a terminal; \"ftpd who\" prints the sessions", e);
        }
    }

    Size size() {
        Size size = terminal.getSize();
        return size.getRows() > 0 && size.getColumns() > 0 ? size : USUAL;
    }

    /** Shows these lines and nothing else; what is too long is cut. */
    void draw(List<TopView.Line> lines, Size size) {
        terminal.puts(Capability.cursor_home);
        int last = Math.min(lines.size(), size.getRows());
        for (int i = 0; i < last; i++) {
            terminal.writer().print(text(lines.get(i), size.getColumns()).toAnsi(terminal));
            terminal.puts(Capability.clr_eol);
            if (i < last - 1) {
                terminal.writer().print('\n'); // output is as it was: the terminal goes to the first column too
            }
        }
        terminal.puts(Capability.clr_eos);
        terminal.flush();
    }

    /** One column stays free: terminals differ in what they do behind the last one. */
    private static AttributedString text(TopView.Line line, int columns) {
        AttributedStyle style = line.marked() ? AttributedStyle.INVERSE : AttributedStyle.DEFAULT;
        return new AttributedString(line.text(), style).columnSubSequence(0, Math.max(1, columns - 1));
    }

    /** The next key, or that there was none for so long. */
    TopKey read(Duration longest) throws IOException {
        int first = keys.read(Math.max(1, longest.toMillis()));
        return switch (first) {
            case NonBlockingReader.READ_EXPIRED -> TopKey.Named.NONE;
            case NonBlockingReader.EOF, CTRL_C -> TopKey.Named.END;
            case ESCAPE -> sequence();
            case '\r', '\n' -> TopKey.Named.ENTER;
            case DELETE, CTRL_H -> TopKey.Named.ERASE;
            default -> first < ' ' ? TopKey.Named.NONE : new TopKey.Typed((char) first);
        };
    }

    /** Behind ESC: {@code [A} and {@code OA} are arrows, {@code [5~} pages. */
    private TopKey sequence() throws IOException {
        int kind = keys.read(REST_OF_KEY_MILLIS);
        if (kind != '[' && kind != 'O') {
            return TopKey.Named.ESCAPE;
        }
        int key = keys.read(REST_OF_KEY_MILLIS);
        int end = key;
        while (end >= ' ' && end < '@') {
            end = keys.read(REST_OF_KEY_MILLIS);
        }
        return switch (key) {
            case 'A' -> TopKey.Named.UP;
            case 'B' -> TopKey.Named.DOWN;
            case '5' -> TopKey.Named.PAGE_UP;
            case '6' -> TopKey.Named.PAGE_DOWN;
            default -> TopKey.Named.NONE;
        };
    }

    private synchronized void restore() {
        if (!restored) {
            restored = true;
            terminal.puts(Capability.cursor_visible);
            terminal.puts(Capability.exit_ca_mode);
            terminal.flush();
            terminal.setAttributes(before);
        }
    }

    @Override
    public void close() throws IOException {
        restore();
        Runtime.getRuntime().removeShutdownHook(atExit);
        terminal.close();
    }
}
