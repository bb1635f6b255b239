package dev.zeroftpd.config.reader;

import dev.zeroftpd.config.ListenerSettings.Banner;
import dev.zeroftpd.os.FailureReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file with lines for clients. Reads it, so that a reload has what it holds then. Stateless; any thread. */
final class BannerType implements ValueType<Banner> {

    /** Some hundred lines: every session gets them, also those of strangers. */
    private static final int LARGEST = 8 * 1024;

    private static final String BYTE_ORDER_MARK = "\ufeff";

    @Override
    public Banner parse(String text, Path base) throws InvalidValue {
        Path file = ValueType.existingFile().parse(text, base);
        List<String> lines = new ArrayList<>(lines(file));
        while (!lines.isEmpty() && lines.getLast().isBlank()) {
            lines.removeLast();
        }
        if (lines.isEmpty()) {
            throw new InvalidValue("names " + file + ", which is empty", "write a line into it, or remove the setting");
        }
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).chars().anyMatch(c -> c != '\t' && Character.isISOControl(c))) {
                throw new InvalidValue(
                        "names " + file + ", which has a control character in line " + (i + 1),
                        "leave text only: colours and other commands for terminals don't reach clients");
            }
        }
        return new Banner(file, String.join("\n", lines));
    }

    private static List<String> lines(Path file) throws InvalidValue {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(LARGEST + 1);
            if (content.length > LARGEST) {
                throw new InvalidValue("names " + file + ", which is larger than 8 KiB", "shorten it");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            return (text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text)
                    .lines()
                    .toList();
        } catch (CharacterCodingException e) {
            throw new InvalidValue("names " + file + ", which isn't in UTF-8", "convert it, with iconv for example");
        } catch (IOException e) {
            throw new InvalidValue(
                    "names " + file + ", which can't be read: " + FailureReason.of(e), "let the server's user read it");
        }
    }
}
